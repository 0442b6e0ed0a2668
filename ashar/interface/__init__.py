"""How any page of Ashar looks and reads what people type: forms, lists, charts, map, money."""

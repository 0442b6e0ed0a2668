"""The pages of the goals for speed, measured on a country made with a fixed seed."""

"""Plants one fault in the real code: a guard switched off, or one condition turned."""

from __future__ import annotations

import inspect
import textwrap

from ashar.procedures.registry import Guard, registry


def guard_off(patch, name):
    """Let the condition of the law say yes to everything."""
    known = registry.guards[name]
    off = Guard(lambda _facts, _argument: None, needs=known.needs)
    patch.setitem(registry._guards, name, off)


def turned(patch, function, *texts):
    """Run the function with pieces of its text replaced (old, new, …), for all who have it.

    Each must stand there exactly once: a test whose fault can no longer be planted says so.
    """
    inner = inspect.unwrap(function)
    source = textwrap.dedent(inspect.getsource(inner))
    for old, new in zip(texts[::2], texts[1::2], strict=True):
        found = source.count(old)
        assert found == 1, f"{old!r} stands {found} times in {inner.__name__}"
        source = source.replace(old, new)
    space = dict(inner.__globals__)
    exec(compile(_without_decorators(source), __file__, "exec"), space)  # noqa: S102
    patch.setattr(inner, "__code__", space[inner.__name__].__code__)


def _without_decorators(source):
    lines = source.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("def "))
    return "from __future__ import annotations\n" + "".join(lines[first:])

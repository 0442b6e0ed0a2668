"""A deed: one thing a person does. All of it is written, with its entries, or nothing is.

The entries of a deed are appended at its very end, when every row has its final shape: the
chain grows in one place only, and its head is held for a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar, overload

from django.db import models, transaction

from ashar.journal.actions.appending import Pending, append
from ashar.journal.models.watched import listen

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
UNNAMED = "rows_written"


class _Mark(NamedTuple):
    pending: int
    touched: int


@dataclass
class _Deed:
    """What was said and written so far, in order, so that a part given up can be taken back."""

    pending: list[Pending] = field(default_factory=list)
    touched: list[tuple[type[models.Model], Any]] = field(default_factory=list)

    def mark(self) -> _Mark:
        return _Mark(len(self.pending), len(self.touched))

    def back_to(self, mark: _Mark) -> None:
        del self.pending[mark.pending :]
        del self.touched[mark.touched :]


class _Present(threading.local):
    deed: _Deed | None = None


_present = _Present()


@overload
def deed(action: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]: ...
@overload
def deed() -> Any: ...
def deed(action: Callable[Arguments, Answer] | None = None) -> Any:
    """Do all of it or nothing; stands on an action as `@deed`, or around a part of one.

    Inside another deed it is a part that may be given up alone; the entries of the whole are
    appended when the outermost one ends.
    """
    if action is None:
        return _deed()

    @wraps(action)
    def done(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        with _deed():
            return action(*arguments, **named)

    return done


@contextmanager
def _deed() -> Iterator[None]:
    is_outermost = _present.deed is None
    present = _present.deed or _Deed()
    _present.deed = present
    mark = present.mark()
    try:
        with transaction.atomic():
            yield
            if is_outermost:
                _end(present)
    except BaseException:
        present.back_to(mark)
        raise
    finally:
        if is_outermost:
            _present.deed = None


def _end(present: _Deed) -> None:
    """Append what was said; rows that nobody spoke of get an entry without a name."""
    if present.touched and not present.pending:
        present.pending.append(Pending(action=UNNAMED))
    if present.pending:
        append(present.pending, present.touched)


def say(line: Pending) -> None:
    """Add an entry to the present deed; without one it is a deed by itself."""
    if _present.deed is None:
        with _deed():
            say(line)
        return
    _present.deed.pending.append(line)


def note_written(model: type[models.Model], keys: Iterable[Any]) -> None:
    """Note rows written in the present deed; rows written outside any are a deed of nobody."""
    if _present.deed is not None:
        _present.deed.touched.extend((model, key) for key in keys)
        return
    with _deed():
        note_written(model, list(keys))


listen(note_written)

"""Work shared out over processes, each with the world in its own memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import torch

from .opened import Opened, open_world

T = TypeVar("T")
Work = Callable[[Callable[..., T], Sequence[tuple[Any, ...]]], Iterator[T]]
# A worker's own; a process opens its world once.
_opened: Opened | None = None


@contextmanager
def workers(folder: Path, count: int) -> Iterator[Work[Any]]:
    """Gives `work(measure, arguments)`: what `measure(opened, *arguments[i])` returned, each as
    soon as it is there. One worker is this process itself."""
    if count == 1:
        opened = open_world(folder)
        yield lambda function, arguments: (function(opened, *one) for one in arguments)
        return
    # A forked process would inherit torch's threads half dead.
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, open_here, (folder,)) as pool:
        try:
            yield partial(shared_out, pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def shared_out(
    pool: Executor, function: Callable[..., T], arguments: Sequence[tuple[Any, ...]]
) -> Iterator[T]:
    """What each call returned, in the order in which they end."""
    for future in as_completed([pool.submit(_call, function, one) for one in arguments]):
        yield future.result()


def open_here(folder: Path) -> None:
    """Once in every worker."""
    global _opened
    torch.set_num_threads(1)
    _opened = open_world(folder)


def _call(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    return function(_opened, *arguments)

"""A lock that is given in the order it was asked for.

`threading.Lock` lets whoever comes back first have it again, and under load a filing can wait behind hundreds of
later writers; here it waits behind the earlier ones only.
"""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """Mutual exclusion, first come, first served. Use with `with`; not reentrant."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

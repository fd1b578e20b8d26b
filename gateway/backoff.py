"""When to try again: soon at first, hourly later, given up after a week; spread so that nobody comes at once."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

STEPS = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0)
"""Seconds after the first, second ... failed attempt; the last one repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """The pause after a failed attempt, each within a tenth of its step."""

    steps: tuple[float, ...] = STEPS
    horizon: timedelta = timedelta(days=7)
    """After this long without success a delivery is given up, visibly."""
    jitter: random.Random = field(default_factory=random.Random)

    def after(self, attempts: int) -> timedelta:
        """The pause after `attempts` failed ones (1 for the first)."""
        step = self.steps[min(attempts, len(self.steps)) - 1]
        return timedelta(seconds=step * self.jitter.uniform(0.9, 1.1))

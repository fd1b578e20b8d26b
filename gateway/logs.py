"""Where log lines go: standard error, one JSON object each, events in the past tense, no personal data."""

import logging
import sys

import structlog


def to_stderr(level: int = logging.INFO) -> None:
    """Write events of at least `level` to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )

"""Settings from the environment, with what the command line says on top."""

from gateway.settings import Settings


def settings_from(**given: str | None) -> Settings:
    """The settings; options that were not given leave the environment's value."""
    return Settings.model_validate(
        Settings().model_dump() | {name: value for name, value in given.items() if value is not None}
    )

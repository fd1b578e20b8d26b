"""Settings from the environment, with what the command line says on top."""

import typer
from pydantic import ValidationError

from gateway.settings import Settings


def settings_from(**given: str | None) -> Settings:
    """The settings; options that were not given leave the environment's value."""
    try:
        known = Settings().model_dump()
        return Settings.model_validate(known | {name: value for name, value in given.items() if value is not None})
    except ValidationError as trouble:
        for each in trouble.errors():
            name = ".".join(str(step) for step in each["loc"])
            typer.echo(f"FAIRWAY_{name.upper()}: {each['msg']}.", err=True)
        raise typer.Exit(2) from None

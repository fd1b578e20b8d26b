"""`fairway samples`: documents that ship with the package, to read or to file."""

from pathlib import Path
from typing import Annotated

import typer


def samples(
    name: Annotated[str | None, typer.Argument(help="Print this sample to standard output.")] = None,
    *,
    out: Annotated[Path | None, typer.Option(help="Write every sample into this directory.")] = None,
) -> None:
    """List the sample documents, print one, or write all of them into a directory."""
    from messages import samples as shipped

    if name is not None:
        try:
            typer.echo(shipped.read(name), nl=False)
        except KeyError:
            typer.echo(f"No sample is called {name}. Try `fairway samples`.", err=True)
            raise typer.Exit(2) from None
        return
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    for sample in (*shipped.samples(), *shipped.faulty()):
        if out is None:
            typer.echo(f"{sample.name:<32} {sample.media_type:<18} {sample.title}")
        else:
            (out / sample.path.name).write_bytes(sample.path.read_bytes())
            typer.echo(out / sample.path.name)

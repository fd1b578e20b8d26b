"""The `fairway` command. Each command loads what it needs when it runs, so that `--help` answers at once."""

import typer

from gateway.cli import administration, demo, samples, serving

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Fairway, a maritime single window: file a port call once, five authorities answer, one clearance.",
)
app.command()(demo.demo)
app.command()(serving.serve)
app.command()(serving.work)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(serving.desk)
app.command(name="samples")(samples.samples)
for group in administration.GROUPS:
    app.add_typer(group)


def main() -> None:
    """Run the command line."""
    app()

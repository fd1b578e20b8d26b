"""`fairway demo`: the whole system on this machine, to try or to watch."""

import json
import logging
import signal
import threading
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from gateway.demo.run import Demo

SAMPLE = "container-ship-yangon.xml"


def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="File a sample, let five officers decide, end.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: print one JSON object.")] = False,
    port: Annotated[
        int | None, typer.Option(help="Port on 127.0.0.1. [default: 8000, with --once any free one]")
    ] = None,
) -> None:
    """Start a gateway and five agencies' desks with sample ports, ships and people.

    Everything listens on 127.0.0.1 only and is gone when the demo ends. Exit code 0; 1 when --once does not
    reach a clearance.
    """
    from gateway.demo.desks import DeskDidNotStart
    from gateway.demo.run import PortTaken, running
    from gateway.logs import to_stderr

    to_stderr(logging.WARNING)
    _say("Starting the gateway and five desks ...", quiet=as_json)
    try:
        with running(port if port is not None else (0 if once else 8000)) as started:
            if once:
                _tell(started, as_json=as_json)
            else:
                _invite(started)
                _until_stopped()
    except (PortTaken, DeskDidNotStart) as trouble:
        typer.echo(str(trouble), err=True)
        raise typer.Exit(1) from None


def _tell(started: "Demo", *, as_json: bool) -> None:
    from gateway.demo.story import Story, StoryFailed
    from messages import samples

    story = Story(started.url, started.seeded.api_key, started.desks)
    steps = []
    try:
        for step in story.tell(samples.read(SAMPLE), "application/xml"):
            steps.append(step)
            _say(f"{step.seconds:6.1f} s  {step.step:<10} {step.says}", quiet=as_json)
    except StoryFailed as failure:
        typer.echo(f"Stopped: {failure}", err=True)
        raise typer.Exit(1) from None
    word = story.port_call["movements"][0]["clearance"]
    if as_json:
        told = [{"step": step.step, "seconds": step.seconds, "says": step.says} for step in steps]
        typer.echo(json.dumps({"clearance": word, "steps": told, "port_call": story.port_call}, indent=2))
    else:
        _show_clearance(story.port_call)
    if word != "cleared":
        raise typer.Exit(1)


def _show_clearance(port_call: dict[str, Any]) -> None:
    movement = port_call["movements"][0]
    typer.echo(f"\n{movement['clearance'].upper()}  {port_call['reference']}  {port_call['ship']['name']}")
    for line in movement["agencies"]:
        typer.echo(f"  {line['title']:<16} {line['state'].replace('_', ' ')}  {line['since']}")


def _invite(started: "Demo") -> None:
    titles = {code: f"{code} officer" for code in started.desks}
    typer.echo(f"\nFairway is at {started.url}/ (this machine only). Sign-in links work once, for twelve hours:\n")
    typer.echo(f"  {'shipping agent':<22} {started.agent_link}")
    for code, desk in started.desks.items():
        typer.echo(f"  {titles[code]:<22} {started.desk_link(desk)}")
    typer.echo(f"\n  API key for curl       {started.seeded.api_key}")
    typer.echo("\nNothing is filed yet. `fairway samples` lists documents to file. Ctrl+C ends the demo and its data.")


def _until_stopped() -> None:
    stopped = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopped.set())
    stopped.wait()


def _say(text: str, *, quiet: bool) -> None:
    if not quiet:
        typer.echo(text)

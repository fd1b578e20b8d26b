"""The compiler against zips laid out as UNECE lays them out, made here from the shipped guides."""

import io
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from edi.compiler import UnreadableDirectory, compile_directory
from edi.compiler_zip import DRAWN, MOST_MEMBERS
from edi.directory import Directory, ElementUse, SegmentSpec, codes, directory
from edi.guide import Guide, Node, find_guide, forget

RELEASE = "07B"
"""A release the package does not ship, so that what is found is what was compiled."""


@dataclass(frozen=True)
class Style:
    """How one generation of directories draws and counts."""

    name: str
    repeats: bool = True
    positions: int = 5
    boxes: bool = False
    nested: bool = True
    encoding: str = "cp437"
    element_indent: int = 7

    def drawn(self, text: str) -> bytes:
        if self.boxes:
            text = text.translate({ord("|"): "│", ord("~"): "─", ord("^"): "┐", ord("_"): "┘"})
        else:
            text = text.translate({ord("~"): "-", ord("^"): "+", ord("_"): "+"})
        return text.replace("\n", "\r\n").encode(self.encoding)


STYLES = (
    Style("five-digit"),
    Style("four-digit", positions=4, element_indent=4),
    Style("box-drawing", positions=4, boxes=True),
    Style("box-drawing-utf8", boxes=True, encoding="utf-8"),
    Style("without-positions", positions=0),
    Style("flat", nested=False),
)


def strokes(number: int) -> str:
    return "|" * number


def table(guide: Guide, style: Style) -> Iterator[str]:
    """Section 4.3.1, groups drawn at the right."""
    nodes = list(guide.walk())
    depths = dict(_depths(guide.root, 0))
    for index, node in enumerate(nodes):
        depth = depths[id(node)]
        following = depths[id(nodes[index + 1])] if index + 1 < len(nodes) else 0
        position = node.position.zfill(style.positions) if style.positions else ""
        if node.group:
            yield strokes(depth).rjust(75)
            title = f"~~~~ Segment group {node.group[2:]:<3}" + "~" * 18
            head = f"{position}       {title} {node.status}   {node.repeat}"
            yield head + "~" * (74 - depth - len(head)) + "^" + strokes(depth)
        else:
            yield from _segment_row(node, position, depth, depth - following)
        if index == 0:
            yield ""


def _segment_row(node: Node, position: str, depth: int, closed: int) -> Iterator[str]:
    name = f"Segment {node.tag} with a name that goes on" if node.tag == "TDT" else f"Segment {node.tag}"
    head = f"{position}   {node.tag} "
    if len(name) > 30:
        first, name = textwrap.wrap(name, 30)
        yield head + first
        head = " " * len(head)
    row = f"{head}{name:<41} {node.status}   {node.repeat}"
    fill = "~" if closed else " "
    yield row + fill * (75 - depth - len(row)) + "_" * closed + strokes(depth - closed)


def _depths(nodes: tuple[Node, ...], depth: int) -> Iterator[tuple[int, int]]:
    for node in nodes:
        yield id(node), depth
        yield from _depths(node.children, depth + 1)


HEADING = f"""\
                              UN/EDIFACT

                    Message Type : {{}}
                    Version      : D
                    Release      : {RELEASE}
                    Contr. Agency: UN

CONTENTS
  4.3.1  Segment table

4.3.1  Segment table

Pos     Tag Name                                     S   R

            HEADER SECTION

"""


def message_text(guide: Guide, style: Style, deleted: str = "") -> str:
    rows = list(table(guide, style))
    rows[1:1] = [deleted] if deleted else []
    return HEADING.format(guide.type) + "\n".join(rows) + "\n"


def divider(style: Style) -> str:
    return ("~" if style.boxes else "-") * 70


def place(use: ElementUse, position: str, style: Style, indent: int, mark: str = " ") -> Iterator[str]:
    """One place, its name broken over two lines when it is long."""
    name = use.name.upper() if position else use.name
    parts = textwrap.wrap(name, 24) or [name]
    count = f"{use.repeat:>5}" if style.repeats and position else "     "
    head = f"{position or '   '}{mark:>{indent - 3}} {use.id:<4} "
    for part in parts[:-1]:
        yield head + part
        head = " " * len(head)
    yield f"{head}{parts[-1]:<43}{use.status}{count} {use.format}".rstrip()


def segment_text(spec: SegmentSpec, style: Style) -> Iterator[str]:
    yield from (divider(style), "", f"  *|   {spec.tag}  {spec.name.upper()}", "")
    yield from ("       Function: To say something in words of", "                 two lines, 1004 of them.", "")
    for index, use in enumerate(spec.elements):
        yield from place(use, f"{index * 10 + 10:03}", style, style.element_indent, "X" if index else "*")
        for component in use.components:
            yield from place(component, "", style, style.element_indent)
        yield ""
    if spec.conditions:
        yield from (
            "       Dependency note:",
            *(f"       {c[3:6]}  {c} If first, then all" for c in spec.conditions),
            "",
        )


def segments_text(specs: list[SegmentSpec], style: Style) -> str:
    preface = ["2.   Segment specifications", "", "     a plus sign (+)    for an addition", ""]
    return "\n".join([*preface, *(line for spec in specs for line in segment_text(spec, style))])


def composites_text(specs: list[SegmentSpec], style: Style) -> str:
    composites = {use.id: use for spec in specs for use in spec.elements if use.components}
    lines = ["2.   Composite specifications", ""]
    for use in composites.values():
        lines += [divider(style), "", f"    #  {use.id} {use.name.upper()}", "", "       Desc: Something.", ""]
        for index, component in enumerate(use.components):
            lines += place(component, f"{index * 10 + 10:03}", replace(style, repeats=False), 7)
    return "\n".join(lines)


def elements_text(specs: list[SegmentSpec], style: Style) -> str:
    uses = {use.id: use for spec in specs for use in spec.elements if use.format}
    uses |= {part.id: part for spec in specs for use in spec.elements for part in use.components}
    lines = ["2.   Data element specifications", ""]
    for use in uses.values():
        lines += [divider(style), "", f"+    {use.id}  {use.name:<50} [B]", "", "     Desc: A text", ""]
        lines += [f"     Repr: {use.format}", ""]
    return "\n".join(lines)


CODES = """\
2.   Code list UNCL

----------------------------------------------------------------------

*    1225  Message function code                                   [B]

     Desc: Code indicating the function of
           the MESSAGE.

     Repr: an..3

     1     Cancellation
              Message cancelling a previous transmission.
+    9     Original
              First of its
              KIND.
X    31    Copy
              To be removed.
              Note:
              1. This code will go with D.99Z.

----------------------------------------------------------------------

     2379  Format

     Repr: an..3

     2     DDMMYY
              A date.
       102 CCYYMMDD
              A date
     203   CCYYMMDDHHMM with a name that goes on and
           on
"""

MORE_CODES = """\
2.   Code list UNCL
----------------------------------------------------------------------
     3035  Party function code qualifier                           [C]

     Repr: an..3

     CA    Carrier
"""


def a_zip(path: Path, files: dict[str, bytes], *, nested: bool = True) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as outer:
        for name, content in files.items():
            if not nested:
                outer.writestr(name, content)
                continue
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, content)
            outer.writestr(f"{name.partition('.')[0].title()}.zip", inner.getvalue())
    return path


def a_directory_zip(path: Path, style: Style, guides: list[Guide], **texts: str) -> Path:
    specs = list({tag: spec for guide in guides for tag, spec in guide.segments.items()}.values())
    files = {
        f"EDSD.{RELEASE}": segments_text(specs, style),
        f"EDCD.{RELEASE}": composites_text(specs, style),
        f"EDED.{RELEASE}": elements_text(specs, style),
        f"UNCL-1.{RELEASE}": CODES,
        f"UNCL-2.{RELEASE}": MORE_CODES,
        f"EDSDI1.{RELEASE}": "1.1  Index of segments\n     BGM  Beginning of message\n",
        f"IDSD.{RELEASE}": "interactive, not for us",
        "README.TXT": "licence",
        **{f"{guide.type}_D.{RELEASE}": message_text(guide, style) for guide in guides},
        **{name.replace("__", "."): text for name, text in texts.items()},
    }
    return a_zip(path, {name: style.drawn(text) for name, text in files.items()}, nested=style.nested)


def shipped(message: str, release: str = "04B") -> Guide:
    guide = find_guide(message, "D", release)
    assert guide is not None
    return guide


def bare(nodes: tuple[Node, ...]) -> tuple[object, ...]:
    return tuple((n.tag, n.group, n.status, n.repeat, int(n.position), bare(n.children)) for n in nodes)


def shape(uses: tuple[ElementUse, ...]) -> tuple[object, ...]:
    return tuple((use.id, use.status, use.repeat, use.format, shape(use.components)) for use in uses)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache" / "fairway" / "edifact"
    forget()


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_compiles_to_the_guides_it_was_written_from(style: Style, tmp_path: Path, shelf: Path):
    guides = [shipped("BERMAN"), shipped("WASDIS"), shipped("PAXLST", "05B"), shipped("INVOIC", "01B")]
    compiled = compile_directory(a_directory_zip(tmp_path / "d07b.zip", style, guides))
    assert compiled.release == "D.07B"
    assert compiled.messages() == ("BERMAN", "INVOIC", "PAXLST", "WASDIS")
    assert list(compiled.unread) == []
    for guide in guides:
        found = find_guide(guide.type, "D", RELEASE)
        assert found is not None
        assert bare(found.root) == bare(guide.root)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_compiles_to_the_segments_it_was_written_from(style: Style, tmp_path: Path, shelf: Path):
    guide = shipped("BERMAN")
    compiled = compile_directory(a_directory_zip(tmp_path / "d07b.zip", style, [guide]))
    for tag, spec in guide.segments.items():
        assert shape(compiled.segment(tag).elements) == shape(spec.elements)
        assert compiled.segment(tag).conditions == spec.conditions


def test_a_directory_from_before_repeats_has_one_of_everything(tmp_path: Path, shelf: Path):
    style = Style("old", repeats=False, positions=4, element_indent=4)
    guide = shipped("VESDEP", "95B")
    compiled = compile_directory(a_directory_zip(tmp_path / "d.zip", style, [guide]))
    assert {use.repeat for tag in compiled.tags() for use in compiled.segment(tag).elements} == {1}
    assert shape(compiled.segment("TDT").elements) == shape(guide.segments["TDT"].elements)


def test_names_that_run_over_two_lines_are_whole(tmp_path: Path, shelf: Path):
    guide = shipped("BERMAN")
    compiled = compile_directory(a_directory_zip(tmp_path / "d.zip", STYLES[0], [guide]))
    assert compiled.segment("NAD").elements[0].name == guide.segments["NAD"].elements[0].name
    assert compiled.segment("TDT").name == guide.segments["TDT"].name.upper()


def test_codes_are_read_with_their_change_marks_and_over_both_parts(tmp_path: Path, shelf: Path):
    compile_directory(a_directory_zip(tmp_path / "d.zip", STYLES[0], [shipped("BERMAN")]))
    found = find_guide("BERMAN", "D", RELEASE)
    assert found is not None
    assert found.codes == {"1225": {"1", "9", "31"}, "2379": {"2", "102", "203"}, "3035": {"CA"}}


def test_a_shipped_guide_without_codes_takes_those_of_the_users_directory(tmp_path: Path, shelf: Path):
    assert shipped("CUSCAR", "95B").codes == {}
    compile_directory(a_directory_zip(tmp_path / "d.zip", STYLES[0], [shipped("CUSCAR", "95B")]))
    (shelf / "D.07B").rename(shelf / "D.95B")
    forget()
    assert shipped("CUSCAR", "95B").codes["3035"] == {"CA"}


def test_a_deleted_row_without_position_is_not_in_the_guide(tmp_path: Path, shelf: Path):
    guide = shipped("WASDIS")
    text = message_text(guide, STYLES[0], deleted="      - GIS General indicator                            C   9")
    compile_directory(a_directory_zip(tmp_path / "d.zip", STYLES[0], [guide], **{f"WASDIS_D__{RELEASE}": text}))
    found = find_guide("WASDIS", "D", RELEASE)
    assert found is not None
    assert bare(found.root) == bare(guide.root)


def test_a_deleted_place_goes_with_its_components(tmp_path: Path, shelf: Path):
    guide = shipped("WASDIS")
    lines = segments_text(list(guide.segments.values()), STYLES[0])
    gone = "020 -  C999 OLD THING   C    1\n       7777  Old part   C      an..3\n"
    lines = lines.replace("020", gone + "\n020")
    compiled = compile_directory(a_directory_zip(tmp_path / "d.zip", STYLES[0], [guide], **{f"EDSD__{RELEASE}": lines}))
    assert shape(compiled.segment("LOC").elements) == shape(guide.segments["LOC"].elements)


def test_a_missing_stroke_is_made_good_and_noted(tmp_path: Path, shelf: Path):
    guide = shipped("WASDIS")
    text = message_text(guide, STYLES[0])
    row = next(line for line in text.splitlines() if "MEA" in line and line.endswith("|"))
    broken = text.replace(row, row.rstrip("| "))
    compiled = compile_directory(
        a_directory_zip(tmp_path / "d.zip", STYLES[0], [guide], **{f"WASDIS_D__{RELEASE}": broken})
    )
    assert [line[:6] for line in compiled.unread] == ["WASDIS", "WASDIS"]
    found = find_guide("WASDIS", "D", RELEASE)
    assert found is not None
    assert [n.tag for n in found.walk()] == [n.tag for n in guide.walk()]


def test_one_corner_may_close_two_groups(tmp_path: Path, shelf: Path):
    guide = shipped("WASDIS")
    text = message_text(guide, STYLES[0])
    row = next(line for line in text.splitlines() if "Segment COM" in line)
    drawn_through = text.replace(row, row[:-2] + "~_")
    compiled = compile_directory(
        a_directory_zip(tmp_path / "d.zip", STYLES[0], [guide], **{f"WASDIS_D__{RELEASE}": drawn_through})
    )
    found = find_guide("WASDIS", "D", RELEASE)
    assert found is not None
    assert (bare(found.root), compiled.unread) == (bare(guide.root), ())


def test_what_is_used_and_nowhere_defined_is_noted_and_takes_any_text(tmp_path: Path, shelf: Path):
    places = "010    C777 UNKNOWN    C    1\n\n020    7778 ALSO UNKNOWN    C    1\n"
    segments = "2.\n" + "-" * 70 + "\n       BGM  BEGINNING\n\n" + places
    message = message_text(shipped("WASDIS"), STYLES[0])
    files = {f"EDSD.{RELEASE}": segments.encode(), f"WASDIS_D.{RELEASE}": STYLES[0].drawn(message)}
    compiled = compile_directory(a_zip(tmp_path / "d.zip", files))
    first, second = compiled.segment("BGM").elements
    assert (first.id, first.format, first.components) == ("C777", "", ())
    assert "7778 is used and not defined" in compiled.unread
    assert "WASDIS: segment TDT is not in the directory" in compiled.unread
    assert second.id == "7778"


def test_compiling_again_replaces_what_was_there(tmp_path: Path, shelf: Path):
    compile_directory(a_directory_zip(tmp_path / "a.zip", STYLES[0], [shipped("BERMAN")]))
    compile_directory(a_directory_zip(tmp_path / "b.zip", STYLES[0], [shipped("WASDIS")]))
    assert find_guide("BERMAN", "D", RELEASE) is None
    assert find_guide("WASDIS", "D", RELEASE) is not None
    assert [path.name for path in shelf.iterdir()] == ["D.07B"]


def test_a_named_shelf_is_used_instead_of_the_cache(tmp_path: Path, shelf: Path):
    home = tmp_path / "elsewhere"
    compiled = compile_directory(a_directory_zip(tmp_path / "a.zip", STYLES[0], [shipped("BERMAN")]), home)
    assert isinstance(compiled, Directory)
    assert compiled.shelf == home
    assert directory("D.07B", home) is compiled
    assert codes("D.07B", home)["3035"] == {"CA"}
    assert not shelf.exists()


def refusal(path: Path) -> UnreadableDirectory:
    with pytest.raises(UnreadableDirectory) as refused:
        compile_directory(path, path.parent / "shelf")
    assert not (path.parent / "shelf" / "D.07B").exists()
    assert refused.value.fix.endswith("for example d16b.zip.")
    return refused.value


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path):
    (tmp_path / "d.zip").write_bytes(b"PK but not really")
    assert str(refusal(tmp_path / "d.zip")).startswith("d.zip could not be read as a zip")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    assert "No such file" in str(refusal(tmp_path / "missing.zip"))


def test_a_nested_zip_that_is_cut_short_is_refused(tmp_path: Path):
    assert "could not be read" in str(
        refusal(a_zip(tmp_path / "d.zip", {"EDMD.ZIP": b"PK\x03\x04 short"}, nested=False))
    )


def test_a_zip_without_segments_is_refused(tmp_path: Path):
    assert (
        str(refusal(a_zip(tmp_path / "d.zip", {"README.TXT": b"hello"})))
        == "d.zip holds no segments (EDSD) of a UN directory."
    )


def test_a_zip_without_messages_is_refused(tmp_path: Path):
    segments = segments_text(list(shipped("WASDIS").segments.values()), STYLES[0])
    path = a_zip(tmp_path / "d.zip", {f"EDSD.{RELEASE}": STYLES[0].drawn(segments)})
    assert "no messages (EDMD)" in str(refusal(path))


def test_a_bomb_is_refused_by_its_rate(tmp_path: Path):
    assert "more tightly" in str(refusal(a_zip(tmp_path / "d.zip", {"EDSD.07B": b" " * 3_000_000}, nested=False)))


def test_a_bomb_is_refused_by_its_size(tmp_path: Path):
    assert "more than any UN directory" in str(
        refusal(a_zip(tmp_path / "d.zip", {"EDSD.07B": b" " * 33 * 1024 * 1024}, nested=False))
    )


def test_too_many_members_are_refused(tmp_path: Path):
    files = {f"F{number}.TXT": b"" for number in range(MOST_MEMBERS + 1)}
    assert "more than any UN directory" in str(refusal(a_zip(tmp_path / "d.zip", files, nested=False)))


def test_zips_in_zips_in_zips_are_refused(tmp_path: Path):
    content = b"x"
    for depth in range(4):
        content = a_zip(tmp_path / f"{depth}.zip", {"EDMD.ZIP": content}, nested=False).read_bytes()
    (tmp_path / "d.zip").write_bytes(content)
    assert "more than 2 deep" in str(refusal(tmp_path / "d.zip"))


@pytest.mark.parametrize("name", ["../EDSD.07B", "/etc/EDSD.07B", "a/../../EDSD.07B", "C:/EDSD.07B", "..\\EDSD.07B"])
def test_names_that_climb_out_are_refused(name: str, tmp_path: Path):
    assert "outside its folder" in str(refusal(a_zip(tmp_path / "d.zip", {name: b"x"}, nested=False)))


def test_a_locked_zip_is_refused(tmp_path: Path):
    path = a_zip(tmp_path / "d.zip", {"EDSD.07B": b"x"}, nested=False)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert "locked with a password" in str(refusal(path))


def test_every_drawing_sign_has_a_plain_one():
    assert "─│┐┘┴".translate(DRAWN) == "-|+++"

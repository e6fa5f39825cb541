import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxin.kernel.credentials.proofs import images
from jiangxin.kernel.credentials.proofs.problems import ProofProblem
from tests.kernel.credentials.proofs.samples import SVG, json_file, png, token_text

TEXT = json_file().decode()
# What XML can carry.
xml_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
).map(lambda text: "{" + text)


def chunk_file(*chunks):
    made = png()
    return made[:-12] + b"".join(images._chunk(*each) for each in chunks) + made[-12:]


def text_chunk(body):
    return chunk_file((b"iTXt", images.KEYWORD + body))


@given(st.text(min_size=1))
def test_what_is_baked_into_a_png_comes_out(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert images.unbake_png(images.bake_png(png(), text)) == text.encode()


@given(xml_text)
def test_what_is_baked_into_an_svg_comes_out(text):
    baked = images.bake_svg(SVG, text, is_token=False).encode()
    assert images.unbake_svg(baked).decode() == text.strip()


def test_token_is_baked_into_an_attribute():
    baked = images.bake_svg(SVG, token_text(), is_token=True)
    assert f'verify="{token_text()}"' in baked
    assert images.unbake_svg(baked.encode()) == token_text().encode()


def test_baking_again_replaces_what_a_png_held():
    baked = images.bake_png(images.bake_png(png(), "one"), "two")
    assert images.unbake_png(baked) == b"two"


def test_svg_that_holds_one_is_not_baked_again():
    baked = images.bake_svg(SVG, TEXT, is_token=False)
    with pytest.raises(ProofProblem, match="baked_twice"):
        images.bake_svg(baked, TEXT, is_token=False)


@pytest.mark.parametrize("picture", ["<p>no</p>", "<svg><svg>", "<svg>&x;</svg>"])
def test_only_an_svg_is_baked(picture):
    with pytest.raises(ProofProblem, match="svg"):
        images.bake_svg(picture, TEXT, is_token=False)


def test_packed_text_is_unpacked():
    packed = text_chunk(b"\0\1\0zh\0\0" + zlib.compress(b"{}"))
    assert images.unbake_png(packed) == b"{}"


@pytest.mark.parametrize(
    ("code", "picture"),
    [
        ("png", b""),
        ("png", png()[:-1]),
        ("png", png()[:20]),
        ("png", png().replace(b"IDAT", b"IDAX")),
        ("png", images.PNG_START + struct.pack(">I", 2**31) + b"IHDR" + b"\0" * 20),
        ("png", text_chunk(b"\0\2\0\0\0{}")),
        ("png", text_chunk(b"\0\1\1\0\0{}")),
        ("png", text_chunk(b"\0\0\0{}")),
        ("png", text_chunk(b"\0")),
        ("png", text_chunk(b"\0\1\0\0\0{}")),
        ("png", text_chunk(b"\0\1\0\0\0" + zlib.compress(b"{}" * 99)[:-9])),
        ("not_baked", png()),
        ("not_baked", text_chunk(b"x\0\0\0\0\0{}")),
        (
            "baked_twice",
            chunk_file(*[(b"iTXt", images.KEYWORD + b"\0\0\0\0\0{}")] * 2),
        ),
        ("png", chunk_file(*[(b"tEXt", b"")] * images.MOST_CHUNKS)),
    ],
)
def test_png_without_one_sound_credential_is_refused(code, picture):
    with pytest.raises(ProofProblem, match=f"^{code}"):
        images.unbake_png(picture)


def test_bomb_in_a_png_is_refused_before_it_unpacks():
    bomb = zlib.compress(bytes(200_000_000), 9)
    with pytest.raises(ProofProblem, match="baked_large"):
        images.unbake_png(text_chunk(b"\0\1\0\0\0" + bomb))


def inside(text, namespace=images.NAMESPACE):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"><x:credential xmlns:x="{namespace}">'
        f"{text}</x:credential></svg>"
    )


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)


@pytest.mark.parametrize(
    ("code", "picture"),
    [
        ("svg", ""),
        ("svg", "<svg>"),
        ("svg", "<html/>"),
        ("svg", '<?xml version="1.0" encoding="x-none"?><svg/>'),
        ("svg", inside("<b/>")),
        ("svg", "<svg>" + "<g>" * 201),
        ("svg_entities", f"<!DOCTYPE svg [{LAUGHS}]><svg>&l9;</svg>"),
        ("svg_entities", "<!DOCTYPE svg SYSTEM 'file:///etc/hostname'><svg/>"),
        ("not_baked", SVG),
        ("not_baked", inside("{}", "https://other.example")),
        ("baked_large", inside("x" * 1_000_001)),
    ],
)
def test_svg_without_one_sound_credential_is_refused(code, picture):
    with pytest.raises(ProofProblem, match=f"^{code}"):
        images.unbake_svg(picture.encode())


def test_older_namespace_and_cdata_are_read():
    text = inside("<![CDATA[{}]]>", "https://purl.imsglobal.org/spec/ob/v3p0")
    assert images.unbake_svg(text.encode()) == b"{}"


def test_two_credentials_in_an_svg_are_refused():
    one = images.bake_svg(SVG, TEXT, is_token=False)
    element = one[one.index("<openbadges") : one.index("<title>")]
    with pytest.raises(ProofProblem, match="baked_twice"):
        images.unbake_svg(one.replace("<title>", f"{element}<title>").encode())

"""The policies in force: read once, from the folders that parts bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import to_translate as _
from jiangxin.foundation.parts import Part, parts
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.registry import serving
from jiangxin.kernel.policy.registry.attributes import attributes, families
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.reading import (
    NO_FAMILIES,
    Attributes,
    Families,
    read_parameter,
    read_policy,
)
from jiangxin.kernel.policy.rules.tree import Parameter, Policy, Scalar


@dataclass(frozen=True)
class PolicyFolder:
    """Brought by a part: `*.yaml` are policies, `parameters/*.yaml` dated values."""

    path: Path


@dataclass(frozen=True)
class Library:
    policies: Mapping[str, Policy]
    parameters: Mapping[str, Parameter]


def policies() -> list[Policy]:
    """Return all policies, in the order of parts and of file names."""
    return list(_library().policies.values())


def policies_about(subject: Subject) -> list[Policy]:
    return [one for one in policies() if one.subject is subject]


def policy(code: str) -> Policy:
    """Return one policy. Raises NotFound."""
    try:
        return _library().policies[code]
    except KeyError as missing:
        raise NotFound from missing


def policy_about(subject: Subject, code: str) -> Policy:
    """Return one policy that speaks of this kind of subject. Raises NotFound."""
    found = policy(code)
    if found.subject is not subject:
        raise NotFound
    return found


def parameters() -> Mapping[str, Parameter]:
    """Return all parameters by key, in the order of parts and of file names."""
    return _library().parameters


def value(key: str, on: date) -> Scalar:
    """Return what a parameter is worth on a day: a rule never asks for "current".

    Raises LookupError for an unknown parameter and for a day before its first value.
    """
    dated = _library().parameters[key].on(on)
    if dated is None:
        message = f"{key} has no value on {on}"
        raise LookupError(message)
    return dated.value


def _library() -> Library:
    """The files, and before them what was published at the desk."""
    files = _files()
    published = serving.published(_read_record)
    return _with(files, published) if published else files


def _with(files: Library, published: Mapping[str, Policy | None]) -> Library:
    both = {**files.policies, **published}
    found = {code: one for code, one in both.items() if one is not None}
    return Library(found, files.parameters)


def read_draft(text: str, code: str, *, file: str = "") -> Policy:
    """Read a policy written at the desk. file: its name, the code when it has none.

    Raises PolicyFault.
    """
    return read_policy(
        text,
        file=file or code,
        part=code.split(".", maxsplit=1)[0],
        attributes=attributes(),
        families=families(),
        parameters=_files().parameters,
    )


def check_beside_others(code: str, one: Policy | None) -> None:
    """What others say of a policy must still fit once it is published, or is gone.

    Raises PolicyFault.
    """
    together = _with(_library(), {code: one}).policies
    for each in together.values():
        _check_terms(each, together, each.code)


def parts_with_policies() -> list[Part]:
    return [
        part
        for part in parts()
        if any(isinstance(item, PolicyFolder) for item in part.brings)
    ]


def _read_record(record: serving.Record) -> Policy:
    return read_draft(record.text or "", record.code)


@cache
def _files() -> Library:
    folders = [
        (part.key, item.path)
        for part in parts()
        for item in part.brings
        if isinstance(item, PolicyFolder)
    ]
    return read_library(folders, attributes(), families())


def read_library(
    folders: list[tuple[str, Path]],
    known: Attributes,
    asked: Families = NO_FAMILIES,
) -> Library:
    """Read folders, each with the key of its part. Raises PolicyFault."""
    parameters: dict[str, Parameter] = {}
    for part, folder in folders:
        for file in sorted((folder / "parameters").glob("*.yaml")):
            key = f"{part}.{file.stem}"
            text = file.read_text(encoding="utf-8")
            parameters[key] = read_parameter(text, file=_short(file), key=key)

    found: dict[str, Policy] = {}
    files: dict[str, str] = {}
    for part, folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            one = read_policy(
                file.read_text(encoding="utf-8"),
                file=_short(file),
                part=part,
                attributes=known,
                families=asked,
                parameters=parameters,
            )
            if one.code in found:
                text = _("'%(key)s' stands twice")
                raise PolicyFault(_short(file), 1, "code", text, key=one.code)
            found[one.code] = one
            files[one.code] = _short(file)
    for one in found.values():
        _check_terms(one, found, files[one.code])
    return Library(found, parameters)


def _check_terms(one: Policy, found: Mapping[str, Policy], file: str) -> None:
    """What a policy says of others must fit what they say. Raises PolicyFault."""
    for rule in one.not_with:
        for code in rule.codes:
            if code not in found or code == one.code:
                text = _("'%(given)s' is no other policy")
                raise PolicyFault(file, 1, "not_with", text, given=code)
    for other in found.values():
        if (
            one.ceiling
            and other.ceiling
            and one.ceiling.group == other.ceiling.group
            and one.ceiling != other.ceiling
        ):
            raise PolicyFault(
                file,
                1,
                "ceiling",
                _("%(other)s gives '%(group)s' another ceiling"),
                other=other.code,
                group=one.ceiling.group,
            )


def _short(file: Path) -> str:
    """Name a file so that it is found, without the folders of this machine."""
    return "/".join(file.parts[-3:])

"""What each finding means, for the person who asked. The codes are never renamed."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.credentials.proofs.report import (
    Check,
    Finding,
    Outcome,
    Verdict,
)

CHECKS: Mapping[Check, Promise] = {
    Check.FILE: _("File"),
    Check.STRUCTURE: _("Structure"),
    Check.CONTEXT: _("Vocabulary"),
    Check.KEY: _("Key"),
    Check.SIGNATURE: _("Signature"),
    Check.ISSUER: _("Issuer"),
    Check.VALIDITY: _("Period of validity"),
    Check.SEAL: _("Seal of the PDF"),
    Check.PAPER: _("Pages of the PDF"),
    Check.BUNDLE: _("Bundle as a whole"),
    Check.CONTENTS: _("Credentials in the bundle"),
    Check.STATUS: _("Status"),
}
OUTCOMES: Mapping[Outcome, Promise] = {
    Outcome.PASSED: _("In order"),
    Outcome.FAILED: _("Not in order"),
    Outcome.UNKNOWN: _("Cannot be known here"),
}
VERDICTS: Mapping[Verdict, tuple[Promise, Promise]] = {
    Verdict.GOOD: (
        _("Genuine and valid"),
        _("It was issued by whom it says, is unaltered, and counts today."),
    ),
    Verdict.RESERVED: (
        _("Unaltered, but not everything can be known here"),
        _("The signature is good. Read below what could not be checked."),
    ),
    Verdict.UNCHECKED: (
        _("The signature could not be checked"),
        _("Nothing can be said about whether it is genuine. Read below why."),
    ),
    Verdict.BAD: (
        _("Not in order"),
        _("Do not rely on this file. Read below what is wrong."),
    ),
}

TEXTS: Mapping[str, Promise] = {
    # The file.
    "form_json": _("A credential as JSON."),
    "form_jwt": _("A credential as a signed token (JWT)."),
    "form_png": _("A credential in a PNG picture."),
    "form_svg": _("A credential in an SVG picture."),
    "form_pdf": _("A credential attached to a PDF."),
    "form_bundle": _("Several credentials in one file, with a signed list."),
    "file_empty": _("The file is empty."),
    "file_large": _("The file is too large to be a credential."),
    "file_kind": _(
        "This is no credential: neither JSON, token, PNG, SVG, PDF nor a bundle of them."
    ),
    "png": _("The PNG picture is damaged."),
    "svg": _("The SVG picture is damaged."),
    "svg_entities": _("The SVG declares entities, which no badge needs."),
    "not_baked": _("There is no credential in this picture."),
    "baked_twice": _("There is more than one credential in this picture."),
    "baked_large": _("What is in this picture is too large to be a credential."),
    "pdf": _("The PDF cannot be read within the time and memory allowed."),
    "pdf_busy": _("Too many PDFs are being checked. Try again in a moment."),
    "not_attached": _("No credential is attached to this PDF."),
    "attached_twice": _("Different credentials are attached to this PDF."),
    "token_form": _("The token is not well-formed."),
    "token_large": _("The token is too large."),
    "token_header": _("The token demands what no credential needs."),
    "token_differs": _("The token says one thing and its credential another."),
    "algorithm": _("The token is unsigned, or signed in a way that proves nothing."),
    "json_large": _("The document is too large, or holds too many values."),
    "json_encoding": _("The document is not UTF-8 text."),
    "json_syntax": _("The document is not well-formed JSON."),
    "json_deep": _("The document is nested too deeply."),
    "json_duplicate": _("A name stands twice in the document, with two meanings."),
    "json_number": _("A number in the document is none, or too large."),
    "json_text": _("A text in the document hides characters or turns their order."),
    "json_kind": _("The document is no JSON object."),
    # Structure and vocabulary.
    "structure_good": _("It has what a credential must have."),
    "structure": _("A member of the credential is missing or of the wrong kind."),
    "context_good": _("The meaning of its words is known."),
    "context_order": _("The vocabularies are missing or in the wrong order."),
    "context_inline": _("The credential brings definitions of its own for its words."),
    "context_unknown": _(
        "A vocabulary is unknown here: its words could mean anything."
    ),
    # The PDF as a whole.
    "seal_good": _("The issuer sealed the whole PDF, and nothing was altered since."),
    "seal_missing": _("The PDF itself is not sealed, so its pages may say anything."),
    "seal_added": _("Something was added to the PDF after it was sealed."),
    "seal_altered": _("The PDF was altered after it was sealed."),
    "seal_unknown": _(
        "The PDF is sealed by somebody whom nobody known here vouches for."
    ),
    "seal_term": _("The PDF was sealed when its seal was not valid."),
    "seal_form": _("The seal of the PDF is damaged."),
    "paper_good": _("Its pages name the holder and number of the credential."),
    "paper_differs": _("Its pages do not say what the credential in it says."),
    "paper_unread": _("Its pages cannot be read here; compare them yourself."),
    # A bundle.
    "bundle": _("The bundle is damaged, or holds what no bundle holds."),
    "bundle_large": _("The bundle holds too much."),
    "bundle_unsigned": _("The bundle has no signed list, so anybody may have made it."),
    "bundle_good": _("Every file is as it was when the bundle was signed."),
    "bundle_missing": _("A file was taken out of the bundle."),
    "bundle_altered": _("A file of the bundle was altered."),
    "bundle_added": _("A file was added to the bundle."),
    "contents_good": _("Every credential in it is genuine and counts today."),
    "contents_bad": _(
        "A credential in it is not in order today. Check its file by itself to see why."
    ),
    "contents_open": _(
        "Of a credential in it not everything can be known here. Check its file by itself."
    ),
    "contents_large": _(
        "It holds too many credentials to check; check them one by one."
    ),
    # Key and signature.
    "key_found": _("The key that it names is known."),
    "key_unknown": _(
        "The key is not known here. Ask the issuer for its DID document or key set, and "
        "give it together with the file."
    ),
    "key_of_another": _("The key belongs to somebody else than the issuer."),
    "key_given_up": _("The key was compromised: anyone may have signed with it."),
    "key": _("The key is not one that this signature can be made with."),
    "key_embedded": _("The token brings its own key, which proves nothing."),
    "keys": _("There is no key of use in the file of keys."),
    "multibase": _("A key or a signature is not written as it must be."),
    "signature_good": _("Nothing was altered since it was signed."),
    "signature": _("It was altered after it was signed, or signed with another key."),
    "not_checked": _("Without the key the signature cannot be checked."),
    "proof_missing": _("It is not signed."),
    "proof_unknown": _("It is signed in a way that cannot be checked here."),
    "proof_type": _("The kind of signature is not the one that it names."),
    "proof_purpose": _("The signature was made for another purpose."),
    "proof_context": _("The signature is of another vocabulary than the document's."),
    "proof_value": _("The signature is incomplete."),
    "canonical": _("The document cannot be written in the one way that is signed."),
    # Issuer, period and status.
    "issuer_own": _("This federation issued it."),
    "issuer_trusted": _("It was issued by somebody who is trusted here."),
    "issuer_unknown": _(
        "Whoever holds the key signed it. Nobody here vouches for who that is."
    ),
    "in_time": _("It is within its period of validity."),
    "no_end": _("It has begun and has no end."),
    "not_yet": _("Its period of validity has not begun."),
    "expired": _("It has expired."),
    "status_valid": _("It counts, by the issuer's record of today."),
    "status_suspended": _("The issuer has suspended it."),
    "status_revoked": _("The issuer has revoked it."),
    "status_superseded": _("The issuer has replaced it by a later one."),
    "status_absent": _("It is not on the issuer's record."),
    "status_offline": _(
        "Whether its issuer has revoked it is published by the issuer, who is not asked."
    ),
    "status_given": _(
        "It counts, by the issuer's status list that was given with the file."
    ),
    "status_list": _("A status list given with the file is not in order."),
    "status_none": _("Its issuer publishes no status for it."),
}


def explained(finding: Finding) -> Promise:
    """Return what a finding means."""
    return TEXTS[finding.code]

"""settings.md: what the environment decides. The one table of JIANGXIN_* variables."""

from typing import NamedTuple

from jiangxin.foundation.reference.markdown import code, table


class Variable(NamedTuple):
    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "JIANGXIN_VAR",
        "var, in the folder the command runs in",
        "Folder of everything that is kept outside a database server: the SQLite file, "
        "keys, uploads, collected static files.",
    ),
    Variable(
        "JIANGXIN_DATABASE",
        "a SQLite file in JIANGXIN_VAR",
        "sqlite:PATH or postgresql://user:password@host:port/name.",
    ),
    Variable(
        "JIANGXIN_SNAPSHOT",
        "snapshot, in JIANGXIN_VAR",
        "Folder of the register as columns, without names and identity numbers, that "
        "policies are matched on. Kept by one machine; it can be made again at any time.",
    ),
    Variable(
        "JIANGXIN_SNAPSHOT_FROM",
        "1",
        "Number of people from which the register is matched on the snapshot; smaller "
        "ones are matched in the database.",
    ),
    Variable(
        "JIANGXIN_SNAPSHOT_THREADS",
        "2",
        "Processor cores that work on the snapshot may use.",
    ),
    Variable(
        "JIANGXIN_SNAPSHOT_MEMORY",
        "600MB",
        "Memory that work on the snapshot may use, such as 600MB or 4GB; beyond it work "
        "goes by disk.",
    ),
    Variable(
        "JIANGXIN_NOTICES_FROM",
        "",
        "Day, as 2026-01-31, before which nobody is told anything: load the register "
        "first, and say here from when people are to be told what becomes of it.",
    ),
    Variable(
        "JIANGXIN_HOSTS",
        "127.0.0.1 localhost [::1]",
        "Host names under which the platform may be reached, with spaces or commas "
        "between them.",
    ),
    Variable(
        "JIANGXIN_ORIGINS",
        "",
        "Addresses with scheme (https://…) from which forms are accepted when a proxy "
        "stands in front.",
    ),
    Variable(
        "JIANGXIN_HTTPS",
        "0",
        "1 when people reach the platform by https: cookies are then sent over nothing "
        "else.",
    ),
    Variable(
        "JIANGXIN_IDLE_MINUTES",
        "30",
        "Minutes without use after which a session ends.",
    ),
    Variable(
        "JIANGXIN_SESSION_HOURS",
        "8",
        "Hours after which a session ends in any case.",
    ),
    Variable(
        "JIANGXIN_API_TOKEN_DAYS",
        "400",
        "Days that an API token lasts at most.",
    ),
    Variable(
        "JIANGXIN_API_CALLS_A_MINUTE",
        "120",
        "Calls of the API that one token may make in a minute.",
    ),
    Variable(
        "JIANGXIN_OIDC_SERVER",
        "",
        "Address of an OpenID Connect provider. With it people sign in whose identity "
        "an administrator linked to their account.",
    ),
    Variable(
        "JIANGXIN_OIDC_CLIENT_ID",
        "",
        "What the provider calls this platform. It asks for the address to come back "
        "to: /sign-in/with/oidc/back/.",
    ),
    Variable(
        "JIANGXIN_OIDC_CLIENT_SECRET", "", "The secret that the provider gave with it."
    ),
    Variable(
        "JIANGXIN_OIDC_NAME",
        "OpenID Connect",
        "Name of the provider on the sign-in page.",
    ),
    Variable(
        "JIANGXIN_OIDC_KEY",
        "oidc",
        "Key of the provider in addresses and links; not to be changed later.",
    ),
    Variable(
        "JIANGXIN_DINGTALK_CLIENT_ID",
        "",
        "AppKey of a DingTalk application, for sign-in with DingTalk. The address to "
        "come back to is /sign-in/by/dingtalk/login/callback/.",
    ),
    Variable("JIANGXIN_DINGTALK_CLIENT_SECRET", "", "AppSecret of that application."),
    Variable(
        "JIANGXIN_SECRET_KEY",
        "made on first use, in keys/session",
        "Signs sessions. Whoever has it can sign in as anyone; a change signs everybody "
        "out.",
    ),
    Variable(
        "JIANGXIN_KEY_RING",
        "keys/ring.json, made on first use",
        "File of the keys that seal personal data. Without it no identity number, phone "
        "or upload can be read: keep a copy apart from the database's.",
    ),
    Variable(
        "JIANGXIN_CIPHER",
        "AES-256-GCM",
        "AES-256-GCM or SM4-GCM, the cipher of keys made from now on. What is sealed "
        "already moves to it with `jiangxin sealing rotate`.",
    ),
    Variable(
        "JIANGXIN_UPLOADS",
        "uploads, in JIANGXIN_VAR",
        "Folder of uploaded files; they are sealed before they are written.",
    ),
    Variable(
        "JIANGXIN_UPLOAD_QUOTA_MB",
        "200",
        "Megabytes of uploads that one account may have without handing them in.",
    ),
    Variable(
        "JIANGXIN_SCANNER",
        "",
        "Who looks through uploads for malicious content: `command:PROGRAM ARGUMENT…`, "
        "which reads the file from its standard input and ends with 0 (nothing found) or "
        "1 (found), or ClamAV's daemon as `clamd:/path/of/socket` or `clamd:host:port`. "
        "Without one, files are marked as not scanned; while it does not answer, no file "
        "is taken.",
    ),
    Variable(
        "JIANGXIN_ADDRESS",
        "http://localhost:8000",
        "Where the public reaches the platform, such as https://union.example. It "
        "stands in every certificate and is who signs it: certificates issued under "
        "another address lead nowhere.",
    ),
    Variable(
        "JIANGXIN_TIMESTAMP_ADDRESS",
        "",
        "Address of a time-stamping authority (RFC 3161) that stamps the signatures on "
        "PDF certificates. Without one they bear the time of this machine's clock.",
    ),
    Variable(
        "JIANGXIN_LOOK_UPS_A_MINUTE",
        "60",
        "How often in a minute certificates may be looked up from one address.",
    ),
    Variable(
        "JIANGXIN_FEDERATION_NAME",
        "",
        "Name of the federation, shown at the top of every page.",
    ),
    Variable("JIANGXIN_SPONSOR", "", "Who runs the site, shown on public pages."),
    Variable(
        "JIANGXIN_ICP_NUMBER",
        "",
        "Filing number of the site at the ministry, shown on public pages.",
    ),
    Variable(
        "JIANGXIN_POLICE_NUMBER",
        "",
        "Filing number of the site at the public security bureau, shown likewise.",
    ),
    Variable(
        "JIANGXIN_LOG_TARGET",
        "",
        "Where the trail and the sign-in log are shipped to: files, syslog://host:port "
        "(UDP), syslog+tcp://host:port or syslog+tls://host:port, with spaces or commas "
        "between several.",
    ),
    Variable("JIANGXIN_LOG_MINUTES", "15", "Minutes between two shippings."),
    Variable("JIANGXIN_LOG_LEVEL", "WARNING", "DEBUG, INFO, WARNING or ERROR."),
    Variable(
        "JIANGXIN_DEMONSTRATION",
        "0",
        "1 marks every page as a demonstration with made-up people and opens the style "
        "guide.",
    ),
    Variable(
        "JIANGXIN_DEBUG",
        "0",
        "1 shows Django's error pages. They hold personal data: never where others "
        "can reach them.",
    ),
)


def build() -> str:
    rows = (
        (code(each.name), each.default or "empty", each.meaning) for each in VARIABLES
    )
    return table(["Variable", "Default", "Meaning"], rows)

"""Row-level security before people and what is about them (PostgreSQL only).

The conditions read what `foundation.wall` tells of a request: patterns of regions,
codes of organisations, the person asking. Where nothing was told, nothing is let
through. Scalar subqueries are computed once a query, not once a row.
"""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from jiangxin.foundation.wall.building import raise_wall, through, wall_in

# A clerk acts for the organisations named, and for the employers they are unions of.
# The functions read as their owner: a policy that asked a walled table about itself
# would never end. How many rows each is expected to give decides how it is used.
FUNCTIONS = {
    "wall_organisations() RETURNS SETOF bigint ROWS 2": """
        SELECT id FROM register_organisation WHERE code = ANY (
            string_to_array(current_setting('jiangxin.organisations', true), ','))
        UNION
        SELECT employer_id FROM register_organisation
        WHERE employer_id IS NOT NULL AND code = ANY (
            string_to_array(current_setting('jiangxin.organisations', true), ','))
    """,
    "wall_people() RETURNS SETOF bigint ROWS 100": """
        SELECT person_id FROM register_employment WHERE valid_to IS NULL
            AND organisation_id = ANY (ARRAY(SELECT wall_organisations()))
        UNION ALL
        SELECT person_id FROM register_membership WHERE valid_to IS NULL
            AND union_id = ANY (ARRAY(SELECT wall_organisations()))
    """,
    # No policy: a search. Behind the wall `substr` may not choose rows by its index,
    # so the index is asked here, and the wall then asked about what it found.
    "wall_people_called(given_name text) RETURNS SETOF bigint ROWS 100": """
        SELECT id FROM register_person WHERE substr(name, 2) = given_name
    """,
}
IN_REGIONS = (
    "{column} LIKE ANY ("
    "(SELECT string_to_array(current_setting('jiangxin.regions', true), ','))::text[])"
)
PERSON_IN_REACH = (
    f"{IN_REGIONS.format(column='region_code')}"
    " OR id = (SELECT nullif(current_setting('jiangxin.person', true), '')::bigint)"
    " OR id IN (SELECT wall_people())"
    # A merged record leads to the one that it became part of.
    " OR merged_into_id IN (SELECT wall_people())"
)


_OF_PERSON = through("register_person", "person_id")
CONDITIONS = {
    "register_person": PERSON_IN_REACH,
    "register_personpast": _OF_PERSON,
    "register_bankaccount": _OF_PERSON,
    "register_employment": _OF_PERSON,
    "register_membership": _OF_PERSON,
    "register_duplicatepair": _OF_PERSON,
    "register_personmerge": through("register_person", "kept_id"),
    "register_mergestep": through("register_personmerge", "merge_id"),
    "register_rosterimport": (
        "(SELECT true FROM register_organisation AS seen"  # noqa: S608 -- our own names
        " WHERE seen.id = organisation_id"
        f" AND {IN_REGIONS.format(column='seen.region_id')})"
        " OR organisation_id IN (SELECT wall_organisations())"
    ),
    "register_rosterrefusal": through("register_rosterimport", "roster_id"),
}


def make_functions(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        for head, body in FUNCTIONS.items():
            cursor.execute(
                f"CREATE FUNCTION {head} LANGUAGE sql STABLE SECURITY DEFINER"
                f" SET search_path = {schema}, pg_temp AS $${body}$$"
            )
    raise_wall(connection)


def drop_functions(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for head in reversed(FUNCTIONS):
                cursor.execute(f"DROP FUNCTION {head.partition(' RETURNS')[0]}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("register", "0005_keep_sources_and_bank_accounts")]
    operations: ClassVar = [
        migrations.RunPython(make_functions, drop_functions),
        wall_in(CONDITIONS),
    ]

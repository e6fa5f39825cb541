import django.db.models.deletion
from django.db import migrations, models

import jiangxin.foundation.db


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0001_open_the_register"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="person",
            name="register_person_name",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="register_person_pinyin",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="register_person_phone",
        ),
        migrations.AlterField(
            model_name="person",
            name="id_index",
            field=models.CharField(max_length=32),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("id_index",), name="register_person_once"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="id_tail_index",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=32
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_people",
                to="register.person",
                verbose_name="Merged into",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["name", "name_pinyin", "id", "region_code", "merged_into"],
                name="register_person_by_name",
                opclasses=["varchar_pattern_ops", "", "", "", ""],
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=[
                    "name_pinyin",
                    "id",
                    "region_code",
                    "merged_into",
                    "name_initials",
                    "name",
                ],
                name="register_person_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                jiangxin.foundation.db.AfterFirst("name"),
                name="register_person_by_given_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(jiangxin.foundation.db.HasFour("name")),
                fields=["name"],
                name="register_person_by_long_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["id_tail_index"],
                name="register_person_by_id_tail",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["birth_on"], name="register_person_by_birth"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["phone_index"],
                name="register_person_by_phone",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="register_person_merged_into",
            ),
        ),
    ]

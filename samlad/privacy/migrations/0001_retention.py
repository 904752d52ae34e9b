from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="RetentionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=80)),
                ("exercises", models.BooleanField(default=False)),
                ("days", models.PositiveIntegerField(blank=True, null=True)),
                ("ground", models.CharField(max_length=300)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-at", "-id"),
                "indexes": [models.Index(fields=["what", "exercises", "-at"], name="retention_latest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("ground", ""), _negated=True), name="retention_has_ground")
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("before", models.DateTimeField()),
                ("removed", models.PositiveIntegerField()),
            ],
            options={"ordering": ("-at", "-id")},
        ),
    ]

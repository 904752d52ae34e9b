from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "samlad.governance"
    default_auto_field = "django.db.models.BigAutoField"

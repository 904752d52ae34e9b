from django.apps import AppConfig


class ActivationConfig(AppConfig):
    name = "samlad.activation"
    default_auto_field = "django.db.models.BigAutoField"

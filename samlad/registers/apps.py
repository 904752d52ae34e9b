from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "samlad.registers"
    default_auto_field = "django.db.models.BigAutoField"

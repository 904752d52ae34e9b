from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "samlad.picture"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string


class WebConfig(AppConfig):
    name = "samlad.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # By name: the wiring imports models, which are there only now.
        import_string("samlad.web.wiring.register")()
        checks.register(import_string("samlad.web.checks.serving"), checks.Tags.security, deploy=True)

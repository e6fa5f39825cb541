from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jiangxin.foundation.web"

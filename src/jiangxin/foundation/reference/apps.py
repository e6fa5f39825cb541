from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "jiangxin.foundation.reference"

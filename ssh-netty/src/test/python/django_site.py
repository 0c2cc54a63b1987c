"""A Django site in one file. Takes what manage.py takes: runserver --noreload ADDRESS:PORT."""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.urls import path

settings.configure(DEBUG=True, ROOT_URLCONF=__name__, SECRET_KEY="only-for-this-test", USE_TZ=True)

urlpatterns = [path("", lambda request: HttpResponse("hello from django\n"))]

execute_from_command_line(sys.argv)

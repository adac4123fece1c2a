"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from tinhso.core.database.connect import be_the_web

be_the_web(os.environ)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.core.django_settings")

application = get_wsgi_application()

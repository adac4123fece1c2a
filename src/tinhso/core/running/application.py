"""What each web worker loads: the application, in a process that ends when its parent is killed."""

from tinhso.core.running.family import die_with_parent

die_with_parent()

from tinhso.core.wsgi import application  # noqa: E402  after it is certain not to be left behind

__all__ = ["application"]

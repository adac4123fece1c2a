"""What other systems and the wall may ask of ratings."""

from tinhso.systems.surveys.queries import Satisfaction, satisfaction

__all__ = ["Satisfaction", "satisfaction"]

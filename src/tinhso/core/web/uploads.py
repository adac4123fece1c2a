"""Files that are too large are read and thrown away, so that the rest of their form arrives."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tinhso.core.settings import current


class SizeGuard(FileUploadHandler):
    """Drops a file as soon as it passes the limit and notes its field in `request.oversized`."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received = start + len(raw_data)
        if self.received > current().upload_limit:
            if self.request is not None:
                getattr(self.request, "oversized", []).append(self.field_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

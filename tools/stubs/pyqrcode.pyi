"""The part of PyQRCode that lib/qr.py uses; it has no types of its own."""

class QRCode:
    code: list[list[int]]

def create(content: str, error: str = ...) -> QRCode: ...

# The two steps of the README in an image: install, start. How to use it: docs/operations.md.
FROM python:3.11-slim-bookworm

WORKDIR /opt/calldash
COPY requirements.txt constraints.txt ./
RUN python3 -m venv .venv && .venv/bin/python -m pip install --no-cache-dir -r requirements.txt
COPY . .
RUN useradd --system --home-dir /opt/calldash --shell /usr/sbin/nologin calldash \
    && install -d -o calldash -g calldash -m 0700 /data

ENV PATH=/opt/calldash/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    CALLDASH_DB=/data/calldash.duckdb \
    CALLDASH_DATA=/data \
    CALLDASH_RECORDINGS=/data/recordings
USER calldash
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python3", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/healthz', timeout=5)"]
CMD ["streamlit", "run", "app.py", "--server.address", "0.0.0.0"]

# The portal with the drivers of PostgreSQL, Redis and S3, for compose.yaml. Not built yet: see docs/deploy.md.
FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-core fonts-noto-cjk libfribidi0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/portal
COPY requirements.txt requirements-engines.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt -r requirements-engines.txt
COPY . .
RUN useradd --system portal && mkdir /data && chown portal /data
USER portal

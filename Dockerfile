# The page of an organization as a container; docs/deployment.md says how to use it.

FROM node:24-bookworm-slim AS bundle
WORKDIR /remit
COPY bundle bundle
COPY assets assets
RUN cd bundle \
    && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts \
    && npm run --silent build

FROM python:3.11-slim-bookworm
WORKDIR /remit
RUN install -d -m 0700 -o 10001 -g 10001 /cache
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY app.py .
COPY components components
COPY assets assets
COPY --from=bundle /remit/assets/bundle assets/bundle
# An empty volume begins with the organization that ships with Remit.
COPY data/iom-operations /data
VOLUME /data /cache
# The memory allocator of Linux would keep a pool of freed memory for each of many threads.
ENV MALLOC_ARENA_MAX=2
ENV PYTHONUNBUFFERED=1 REMIT_DATASET=/data REMIT_CACHE=/cache REMIT_HOST=0.0.0.0 REMIT_PORT=8050
EXPOSE 8050
USER 10001:10001
# The first process of a container ignores the default signal.
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"REMIT_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["python", "app.py"]

# One image for web, worker and beat; docker-compose.yml says which command each runs.
FROM node:24-slim AS opmaak
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-progress

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --create-home --uid 1000 regiemonitor && mkdir -p /app/var /app/bijlagen && chown regiemonitor /app/var /app/bijlagen
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=opmaak /app/node_modules ./node_modules
COPY manage.py pyproject.toml ./
COPY migratie ./migratie
COPY logboek ./logboek
COPY maatregelen ./maatregelen
COPY regietafel ./regietafel
COPY toegang ./toegang
COPY templates ./templates
COPY static ./static
# Collecting needs settings, not their values: these reach nothing and stay in no layer.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" DATABASE_URL=postgres://niemand@127.0.0.1/niets \
    ALLOWED_HOSTS=localhost REGIEMONITOR_URL=https://localhost EMAIL_URL=smtp://127.0.0.1:25 \
    DEFAULT_FROM_EMAIL=regie@example.nl CELERY_BROKER_URL=redis://127.0.0.1:6379/0 BIJLAGENMAP=/app/bijlagen \
    python manage.py collectstatic --noinput
USER regiemonitor
EXPOSE 8000
CMD ["gunicorn", "migratie.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

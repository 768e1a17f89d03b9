# Two stages: packages are installed where npm is, and only what runs goes on.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tools ./tools
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    TRIBUTARY_SOURCES=/config/sources.json \
    TRIBUTARY_OUTPUT=/output \
    TRIBUTARY_DATA=/data \
    TRIBUTARY_HOST=0.0.0.0 \
    TRIBUTARY_OPERATOR_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY bin ./bin
COPY src ./src
COPY sources.json sources.schema.json /config/
# "docker exec CONTAINER tributary status" finds the program, and its data by the variables above.
RUN install -d -o node -g node /data /output && ln -s /app/bin/tributary.mjs /usr/local/bin/tributary
USER node
VOLUME ["/data", "/output"]
# The operator's port is there if TRIBUTARY_OPERATOR_PORT names one: metrics, for nobody else's eyes.
EXPOSE 8080
# The root may be read-only (--read-only --tmpfs /tmp): only the two volumes are written to, and /tmp by "plan".
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TRIBUTARY_PORT || 8080}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is told to stop: nothing stands between it and the signal. What is under way is ended or given up, well within
# the ten seconds after which it would be killed.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/bin/tributary.mjs"]
CMD ["start"]

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
    TRIBUTARY_HOST=0.0.0.0
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY bin ./bin
COPY src ./src
COPY sources.json /config/sources.json
RUN install -d -o node -g node /data /output
USER node
VOLUME ["/data", "/output"]
EXPOSE 8080
# The root may be read-only: only the two volumes are written to.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TRIBUTARY_PORT || 8080}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/tributary.mjs"]
CMD ["start"]

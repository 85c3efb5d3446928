# Tenant Edge as an image: one layer with Node and what it needs of its distribution, one with the controller.
#
#   docker build --tag tenant-edge .           (or `buildah bud`, or `podman build`)
#
# The same sources on the same base give the same digests of both layers, whoever builds them, and when; with `--timestamp 0` of buildah and podman,
# or SOURCE_DATE_EPOCH=0 for docker buildx, the same digest of the whole image.
#
# BASE is where the image is built, and where Node comes from: any image of a Debian kind with Node 26 and npm in /usr/local. Name it by digest
# to have the same one for good.
ARG BASE=node:26-slim

FROM ${BASE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The secret is for who installs from a registry of their own, with credentials or without: --secret id=npmrc,src=$HOME/.npmrc
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts
COPY LICENSE rolldown.config.ts tsconfig.json ./
COPY crds crds
COPY reconcilers reconcilers
COPY src src
RUN npm run build

# The image may take 200 MB. Node alone takes 150, and BASE with its distribution and npm more than 200: so the image has of it the libraries that
# Node is linked with, the way to resolve names, and the entries of their packages, by which scanners know what is in it. There is no shell and no
# package manager. All files are root's and as old as each other.
RUN set -eu; \
    mkdir -p /image/etc /image/licenses /image/usr/local/bin /image/var/lib/dpkg/status.d; \
    cd /image; \
    cp /usr/local/bin/node usr/local/bin/node; \
    cp /usr/local/LICENSE licenses/node; \
    cp /etc/os-release /etc/nsswitch.conf etc/; \
    printf '%s\n' root:x:0:0:root:/:/sbin/nologin nonroot:x:65532:65532:nonroot:/:/sbin/nologin > etc/passwd; \
    printf '%s\n' root:x:0: nonroot:x:65532: > etc/group; \
    for library in $(ldd /usr/local/bin/node | grep -o '/[^ ]*'); do \
      mkdir -p ".${library%/*}"; \
      cp -L "$library" ".$library"; \
      package=$(dpkg-query --search "*/${library##*/}" | grep -v '^diversion ' | head -n 1 | cut -d : -f 1); \
      dpkg-query --status "$package" > "var/lib/dpkg/status.d/$package"; \
      cp "/usr/share/doc/$package/copyright" "licenses/$package"; \
    done; \
    mkdir -p /controller/app /controller/licenses; \
    cp /build/dist/*.mjs /controller/app/; \
    cp /build/LICENSE /controller/licenses/tenant-edge; \
    cp /build/dist/THIRD-PARTY.txt /controller/licenses/packages; \
    chmod -R u=rwX,go=rX /image /controller; \
    find /image /controller -exec touch --no-dereference --date=@0 {} +

FROM scratch
LABEL org.opencontainers.image.title="Tenant Edge" \
      org.opencontainers.image.description="Puts every customer of a SaaS platform on their own domain, with AWS CloudFront SaaS Manager" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
COPY --from=build /image/ /
COPY --from=build /controller/ /
EXPOSE 8080 8081
USER 65532:65532
# No signal opens the inspector of a process that holds credentials.
ENTRYPOINT ["/usr/local/bin/node", "--disable-sigusr1", "/app/main.mjs"]

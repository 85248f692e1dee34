# syntax=docker/dockerfile:1
# InferMux as an image: docker build -t infermux . && docker run --rm -p 8080:8080 infermux
# It runs as a user without rights on a root file system that may be read-only; docs/install.md has the options.

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -P fast package -pl infermux-verticles,infermux-cluster -am
# A runtime with what InferMux uses of the JDK, the jar, and what the JVM learnt of it in a first start.
RUN INFERMUX_JAR=/src/infermux-verticles/target/infermux.jar SOURCE_DATE_EPOCH=1763683200 deploy/package.sh folder

FROM ubuntu:24.04
LABEL org.opencontainers.image.title="InferMux" \
      org.opencontainers.image.description="A router for LLM inference" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /src/deploy/target/infermux /opt/infermux
COPY deploy/docker/infermux.yml /etc/infermux/infermux.yml
COPY --chmod=755 deploy/docker/healthcheck /opt/infermux/bin/healthcheck
RUN ln -s /opt/infermux/bin/infermux /usr/local/bin/infermux
ENV LANG=C.UTF-8
# No account is needed: nothing is written but, where a configuration asks for it, the ledger below /var/lib/infermux.
USER 10001:10001
WORKDIR /var/lib/infermux
EXPOSE 8080 8081 8601
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["/opt/infermux/bin/healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/infermux/bin/infermux"]
CMD ["serve", "--config", "/etc/infermux/infermux.yml", "--graceful-shutdown", "30s"]

# Everything from a fresh clone: any Node with npm, and make. Node 24 comes with the packages.

SHELL := /bin/sh
NPM := npm --no-fund --no-audit --loglevel=error
EXAMPLE := examples/concertation

.PHONY: demo serve test services bench conformance check clean

node_modules/.installed: package.json package-lock.json
	$(NPM) ci
	@touch $@

dist/web/index.html: node_modules/.installed $(shell find src/web -type f 2>/dev/null)
	@$(NPM) run --silent web:build -- --logLevel warn

demo: dist/web/index.html ## The whole journey on the example project, then where to look
	@bin/datasens --project $(EXAMPLE) run --text
	@echo
	@echo "Le parcours est fait. Pour regarder : make serve, puis http://127.0.0.1:4780"

serve: dist/web/index.html ## The workbench on the example project
	@bin/datasens --project $(EXAMPLE) serve

test: dist/web/index.html ## Every test; suites that need a real server skip and say so where it cannot be had
	@test/run

services: ## Installs the real servers that some suites start (Debian packages; needs root)
	@test/services/install

bench: node_modules/.installed
	@$(NPM) run --silent bench

conformance: node_modules/.installed
	@$(NPM) run --silent conformance

check: node_modules/.installed
	@$(NPM) run --silent check

clean:
	@if [ -d $(EXAMPLE)/.datasens/postgres ] && [ -d node_modules/.bin ]; then node_modules/.bin/node --disable-warning=ExperimentalWarning test/services/remove.ts $(EXAMPLE)/.datasens/postgres; fi
	rm -rf node_modules dist $(EXAMPLE)/.datasens

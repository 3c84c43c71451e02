# Every habit, by name: `make help`.
SWIFT   ?= swift
STRICT  := --explicit-target-dependency-import-check error
# One configuration for all that is shipped or measured; the tests use the default one. Each is built once.
RELEASE := -c release --static-swift-stdlib -Xlinker -z -Xlinker now
BINDIR  := .build/release
SOURCE  := Package.swift Sources Tests
MAP     := Sources/Contracts/EventMap
DESTDIR ?=
PREFIX  ?= /usr
DEMO_SECONDS ?= 30
DEMO_DATA    ?=
FUZZ_SECONDS ?= 60
HOURS        ?= 24
KILLS        ?= 50
SEED         ?= 1
SYMBOLS      ?= 20
MINUTES      ?= 60
export TRADEBOT_SHARED ?= ../shared

.DEFAULT_GOAL := help
.PHONY: help demo test build release lint format event-map docs bench soak paper crash-test install systemd-test test-oracles mutants fuzz deps test-deps clean

help: ## Show the targets worth knowing
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: deps release ## Ticks in, trades out, on the simulator (DEMO_SECONDS=30, DEMO_DATA=FILE for recorded prices)
	deploy/demo.sh $(BINDIR) $(DEMO_SECONDS) $(DEMO_DATA)

test: test-deps lint build release ## Everything a change must pass, and what CI runs
	TRADEBOT_BIN=$(BINDIR) Tests/run-tests.sh

build: deps ## Compile the tests' configuration; a plane that imports another plane is an error
	$(SWIFT) build --build-tests $(STRICT)

release: deps ## Compile the programs as they are shipped: optimised, the Swift runtime linked in
	$(SWIFT) build $(RELEASE) $(STRICT)

lint: deps ## Say what `format` would change, what it cannot mend, and where a rule of the house is broken
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCE)
	Tests/check-house.sh .
	deploy/event-map.sh --check

format: ## Put the sources in the house's form
	$(SWIFT) format format --in-place --recursive --parallel $(SOURCE)

event-map: ## Make the generated files anew from Sources/Contracts/EventMap/event-map.tsv
	deploy/event-map.sh

docs: build ## Make the planes' documentation: .build/docs
	deploy/make-docs.sh

bench: release ## Print figures as JSON lines, a peer's beside them
	Tests/Benchmarks/run-bench.sh $(BINDIR)

soak: release ## A day of a generated market at maximum speed, counted at both ends (HOURS=24 SYMBOLS=20)
	SOAK_MINUTES=$$(($(HOURS) * 60)) SOAK_SYMBOLS=$(SYMBOLS) Tests/Soak/run-soak.sh $(BINDIR)

crash-test: release ## Kill a trading daemon at random moments: nothing may be lost (KILLS=50 SEED=1)
	KILLS=$(KILLS) SEED=$(SEED) Tests/Crash/run-crash.sh $(BINDIR)

test-oracles: deps build ## Run the tests that read TRADEBOT_SHARED
	$(SWIFT) test --skip-build --filter 'IndicatorsTests|PerformanceTests|[Oo]racle|shared (fixtures|data)|Recorded messages'

mutants: build ## Take each check of risk out in turn: a test must fail each time
	Tests/Mutants/mutants.sh

fuzz: deps ## Throw random bytes at all that reads bytes, each target FUZZ_SECONDS=60 long
	Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS)

paper: release ## An hour of paper trading at maximum speed, then its journal verified and replayed (MINUTES=60)
	SOAK_MINUTES=$(MINUTES) SOAK_SYMBOLS=4 SOAK_GROWTH=1000 SOAK_REPLAY=1 Tests/Soak/run-soak.sh $(BINDIR)

install: release ## Install programs, units, manual pages and completions (DESTDIR=, PREFIX=/usr)
	deploy/install.sh $(BINDIR) "$(DESTDIR)" "$(PREFIX)"

systemd-test: test-deps release ## Install into a box with a real systemd and show every promise of the service (root)
	deploy/systemd-test.sh $(BINDIR)

deps: ## Install the Debian packages that are missing
	@deploy/dependencies.sh

test-deps: ## Install also those that only tests need
	@deploy/dependencies.sh tests

clean: ## Remove all that was built
	rm -rf .build

# Freshet's commands. Recipes end in `exec`, so that a signal to make reaches the program and not a shell around it.
.DEFAULT_GOAL := help
.PHONY: help demo up test browser fuzz clients crashes mutants chaos soak bench native aot notice key settings e2e images manifests format clean FORCE
.DELETE_ON_ERROR:
# each recipe takes the whole machine
.NOTPARALLEL:

MODULES  := gateway worker watcher
VERSION  := $(shell sed -n 's/^appVersion: //p' kubernetes/chart/Chart.yaml)
JARS     := $(MODULES:%=%/target/quarkus-app/quarkus-run.jar)
# directories too: a deleted file is a change
SOURCES  := $(shell find pom.xml .mvn $(MODULES:%=%/pom.xml) $(MODULES:%=%/src/main) src-shared/pom.xml src-shared/src/main -name node_modules -prune -o -print 2>/dev/null)
AZURITE  := tools/azurite/node_modules/.installed
CLIENTS  := tools/clients/node_modules/.installed
TOOLTEST := $(wildcard tools/*.test.mjs)
# what starts a Freshet: its jar, with a stamp, as Maven leaves a jar alone that would not change
HARNESS  := target/harness
PAGETEST := gateway/src/test/dashboard

# a native run needs no jars, and one with AOT caches has its own
SET       = $(filter-out 0 false no,$(1))
BUILT    := $(if $(call SET,$(NATIVE))$(call SET,$(AOT))$(call SET,$(KUBE)),,target/built)

# class data of its own for each target, and no more compilation than it needs: it has to be up before anything else can be
RUN      = exec "$$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=harness/target/$@.jsa -Xlog:disable -Xlog:all=error,cds*=off,aot*=off:stderr -jar harness/target/freshet-harness.jar
# finds the JDK, or says in one line what is missing
PREPARE  := JAVA_HOME="$$(sh tools/prerequisites.sh)" && export JAVA_HOME
MVN      := mvn -B -ntp
COMMA    := ,
# for tests of the native executables that are there already
NATIVELY = $(if $(call SET,$(NATIVE)),-Dnative -Dquarkus.build.skip -Dfreshet.native=$(subst $() $(),$(COMMA),$(MODULES)))
# only one class of the system test
ONLY     = -q verify -pl system-test -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false $(NATIVELY) -Dfreshet.stages=$(or $(STAGES),2) -Dit.test
# half a minute of requests to a gateway of its own; nothing where there is no Python
FUZZ     = $(PREPARE) && FUZZ_VENV="$$(sh tools/python.sh tools/contract/requirements.txt target/fuzzing 'the fuzzing of the API')" && export FUZZ_VENV && if [ -n "$$FUZZ_VENV" ]; then $(RUN) fuzz; fi
# the published clients of Durable Functions; that for Node alone where there is no Python
TRIED    = $(PREPARE) && CLIENT_VENV="$$(sh tools/python.sh tools/clients/requirements.txt target/clients 'the client of Durable Functions for Python')" && export CLIENT_VENV && $(RUN) clients
BROWSER  = $(PREPARE) && export NATIVE_MODULES='$(if $(call SET,$(NATIVE)),$(MODULES))' && exec node $(PAGETEST)/browser.mjs
CRASHES  = $(MVN) $(ONLY)=CrashPointsIT

help: ## this list
	@echo 'Freshet: burst compute on Quarkus. Targets:'
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1#/p' $(MAKEFILE_LIST) | awk -F'#' '{ printf "%-18s%s\n", $$1, $$2 }'
	@echo 'Variables:'
	@sed -n 's/^#: //p' $(MAKEFILE_LIST) | awk -F'#' '{ printf "  %-14s%s\n", $$1, $$2 }'

#: GATEWAY_PORT#port of the gateway (up: 8080, demo: a free one)
#: WATCHER_PORT#port of the watcher (up: 8081, demo: a free one)
#: AZURITE_PORT#first of the storage emulator's ports: blob, queue, table (up: 10000, demo: free ones)
#: WORKERS#number of workers (2)
#: NATIVE=1#run, test, or crash the native executables that `make native` built
#: UPDATE=1#browser: makes the README's pictures and the types of the API anew
#: FIGURES=1#browser: measures what the dashboard costs instead, over MINUTES (5)
#: MODULES#native, and tests with NATIVE=1: the modules with native executables (gateway worker watcher)
#: AOT=1#run the jars with the AOT caches that `make aot` made
#: KUBE=1#demo: on the cluster that KUBECONFIG names, in a namespace of its own; bench: the figures of a cluster
#: KUBE_VALUES#with KUBE=1: further values of the chart, such as image.registry=myregistry.azurecr.io, with spaces between
#: INPUT=file#demo: your own file of lines, without the check
#: HANDLER#demo: the computation (calculator)
#: DEMO_LINES#demo: number of calculator lines (1000000)
#: DEMO_INPUTS#demo: number of inputs of the orchestration (1000)
#: ITEMSPERJOB#demo: lines in one part (25000)
#: ALL=1#crashes: every point in every workload; e2e: what takes minutes, too
#: POINTS#crashes: a regular expression of the trials to play again, as they are named in the output
#: SEED#chaos: where the random schedule begins (1); a failure names its own
#: RUNS#chaos: number of runs, each with the next seed (20)
#: MINUTES#soak: how long (30)
#: STAGES#crashes, chaos: how many at once, each with an emulator and services of its own (2)
#: NAME#key: whom it is for, such as ci
#: RIGHTS#key: read, submit and admin with + between them (submit+read)
#: REGISTRY#images: put before their names, such as myregistry.azurecr.io
#: TAG#images: their tag (the version of the chart)
#: ENGINE#images: docker or podman
#: KILL_WORKER=1#demo: kill -9 one worker in the middle and watch the job survive

demo: $(BUILT) $(HARNESS) $(AZURITE) ## one real job and one orchestration from end to end, every result checked
	@$(PREPARE) && $(RUN) demo

up: $(BUILT) $(HARNESS) $(AZURITE) ## gateway, watcher, workers and storage in the foreground; Ctrl-C ends all
	@$(PREPARE) && $(RUN) up

test: $(AZURITE) $(CLIENTS) ## all tests
ifeq ($(call SET,$(NATIVE)),)
	@$(PREPARE) && exec node --test $(TOOLTEST)
	@$(PREPARE) && exec node $(PAGETEST)/check.mjs
	@$(PREPARE) && exec $(MVN) verify $(MVN_ARGS)
	@mkdir -p target && touch target/built $(HARNESS)
	@$(FUZZ)
	@$(TRIED)
else
	@$(PREPARE) && exec $(MVN) verify $(NATIVELY) $(MVN_ARGS)
endif
	@$(if $(call SET,$(NATIVE)),$(if $(filter gateway,$(MODULES)),$(BROWSER)),$(BROWSER))

browser: $(BUILT) $(HARNESS) $(AZURITE) ## the dashboard in Chromium, against services of its own; pictures are kept in gateway/target
	@$(BROWSER)

fuzz: $(BUILT) $(HARNESS) $(AZURITE) ## requests of all kinds by the OpenAPI document, to a gateway of their own
	@$(FUZZ)

clients: $(BUILT) $(HARNESS) $(AZURITE) $(CLIENTS) ## the published clients of Durable Functions, each of their methods
	@$(TRIED)

crashes: $(BUILT) $(AZURITE) ## a run with a crash at many points, one after the other; ALL=1: at every one, in every workload
	@$(PREPARE) && exec $(CRASHES) -Dfreshet.all=$(if $(call SET,$(ALL)),true,false) '-Dfreshet.only=$(or $(POINTS),.*)' $(MVN_ARGS)

mutants: $(BUILT) $(AZURITE) ## deliberate mistakes in the services, each of which the crashes have to find
	$(if $(call SET,$(NATIVE)),$(error Mutants are made of the jars: leave NATIVE out))
	@$(PREPARE) && exec sh system-test/src/test/mutants/find.sh $(CRASHES) -Dquarkus.build.skip -Dfreshet.all=true '-Dfreshet.only=UNDISTURBED.*KILLED_AFTER at worker P.*' $(MVN_ARGS)

chaos: $(BUILT) $(AZURITE) ## random mishaps, many at once; SEED=n RUNS=m
	@$(PREPARE) && exec $(MVN) $(ONLY)=ChaosIT -Dfreshet.seed=$(or $(SEED),1) -Dfreshet.runs=$(or $(RUNS),20) $(MVN_ARGS)

soak: $(BUILT) $(AZURITE) ## half an hour of jobs that come and go, after which no service has grown; MINUTES=n
	@$(PREPARE) && exec $(MVN) $(ONLY)=SoakIT -Dfreshet.minutes=$(or $(MINUTES),30) $(MVN_ARGS)

bench: $(BUILT) $(HARNESS) $(AZURITE) ## the benchmarks, each beside its reference
	@$(PREPARE) && $(RUN) bench

native: ## native executables, by GRAALVM_HOME or MVN_ARGS=-Dquarkus.native.container-build=true
	@if [ -z "$$GRAALVM_HOME$(MVN_ARGS)" ]; then echo 'Set GRAALVM_HOME to GraalVM 25 or Mandrel 25 (https://github.com/graalvm/mandrel/releases), or build in a container: make native MVN_ARGS=-Dquarkus.native.container-build=true' >&2; exit 1; fi
	@$(PREPARE) && for module in $(MODULES); do echo "Building $$module natively (minutes) ..."; $(MVN) -q package -Dnative -DskipTests -pl $$module -am $(MVN_ARGS) || exit 1; ls -sh $$module/target/*-runner; done

aot: $(AZURITE) ## AOT caches for the jars, trained by a real job and an orchestration
	@echo 'Building Freshet for AOT caches ...'
	@$(PREPARE) && exec $(MVN) -q -DskipTests package -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=aot-app $(MVN_ARGS)
	@mkdir -p target && touch $(HARNESS)
	@$(PREPARE) && $(RUN) train
	@$(PREPARE) && exec $(MVN) $(ONLY)=AotIT -Dquarkus.build.skip $(MVN_ARGS)

notice: $(BUILT) $(HARNESS) ## NOTICE anew, when what the services contain has changed
	@$(PREPARE) && $(RUN) notice

key: $(HARNESS) ## a new key for the gateway, and the entry that it is known by; NAME=ci RIGHTS=submit+read
	@export NAME='$(NAME)' RIGHTS='$(or $(RIGHTS),submit+read)' && $(PREPARE) && $(RUN) key

settings: ## README's table and the chart's schema anew, when a setting has changed
	@$(PREPARE) && FRESHET_GOLDEN=write exec $(MVN) -q test -pl kubernetes/e2e -am -Dtest=SettingsTest -Dsurefire.failIfNoSpecifiedTests=false $(MVN_ARGS)

images: ## container images of all three: of the native executables that are there, else on the JVM; needs Docker or Podman
	@ENGINE='$(ENGINE)' REGISTRY='$(REGISTRY)' TAG='$(or $(TAG),$(VERSION))' exec kubernetes/images/build.sh $(MODULES)

e2e: $(AZURITE) ## the tests on the cluster that KUBECONFIG names, with KEDA in it; see kubernetes/README.md
	@if [ -z "$$KUBECONFIG" ]; then echo 'Set KUBECONFIG to a cluster with KEDA and the images freshet-gateway, freshet-watcher and freshet-worker, such as one of kind.' >&2; exit 1; fi
	@$(PREPARE) && exec $(MVN) -q verify -pl kubernetes/e2e -am -De2e -DskipITs -Dquarkus.build.skip $(if $(call SET,$(ALL)),-Dfreshet.left-out=none) -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false $(MVN_ARGS)

manifests: ## kubernetes/deployment*.yaml anew, out of kubernetes/base
	@for plain in deployment-rbac:base deployment:overlays/plain; do \
	  { sed -n 's/^#: //p' "kubernetes/$${plain#*:}/kustomization.yaml" | sed 's/^/# /'; kubectl kustomize "kubernetes/$${plain#*:}"; } > "kubernetes/$${plain%%:*}.yaml" || exit 1; \
	done

format: ## formats the sources
	@$(PREPARE) && exec $(MVN) -q spotless:apply

clean: ## removes what was built and what runs have left (.run)
	@rm -rf target $(MODULES:%=%/target) harness/target src-shared/target system-test/target kubernetes/e2e/target .run

# rebuilt when a source is newer, or when a jar is missing
target/built: $(SOURCES) $(if $(filter-out $(wildcard $(JARS)),$(JARS)),FORCE)
	@echo 'Building Freshet (the first time takes minutes: Maven fetches what it needs) ...'
	@$(PREPARE) && exec $(MVN) -q -DskipTests package $(MVN_ARGS)
	@mkdir -p target && touch $@ $(HARNESS)

$(HARNESS): $(shell find pom.xml harness/pom.xml harness/src/main 2>/dev/null)
	@echo 'Building the harness ...'
	@$(PREPARE) && exec $(MVN) -q -DskipTests package -pl harness $(MVN_ARGS)
	@mkdir -p target && touch $@

$(AZURITE) $(CLIENTS): tools/%/node_modules/.installed: tools/%/package.json tools/%/package-lock.json
	@$(PREPARE) && cd tools/$* && exec npm ci --silent --no-audit --no-fund
	@touch $@

FORCE:

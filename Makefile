# Every target is a chore of xtask, which also installs what it needs: see xtask/src/main.rs.
# Arguments for the demo: make run ARGS="--data ./data"
xtask := cargo run -q -p xtask --

.PHONY: run test check dev bench dist

run:
	@$(xtask) run $(ARGS)

test:
	@$(xtask) test

check:
	@$(xtask) check

dev:
	@$(xtask) dev $(ARGS)

# Only a part, with more rounds: make bench ARGS="--only ingest --rounds 5"
bench:
	@$(xtask) bench $(ARGS)

dist:
	@$(xtask) dist

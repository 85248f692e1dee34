module infermux.dev/evaluation

go 1.24

require (
	github.com/greynewell/matchspec v0.0.0-20260215223306-89bc590da5c1
	github.com/greynewell/mist-go v0.1.0
)

"""What a batch can hold: for each kind its columns, how a row is understood and how it is brought in."""

from intake.models import Batch

from . import contributions, papers, programme, speakers

KINDS = {
    Batch.Kind.CONTRIBUTIONS: contributions,
    Batch.Kind.PAPERS: papers,
    Batch.Kind.SPEAKERS: speakers,
    Batch.Kind.PROGRAMME: programme,
}

"""A second extractor: a language model behind any OpenAI-compatible endpoint, held to the text.

A document's sentences are sent in parts with the codebook (`prompt`) to the endpoint (`endpoint`), the answer is bound to
a JSON Schema (`answers`), every quote is looked up in the text (`quotes`), places and actors are resolved as for any
claim (`placing`), and what comes of it is an `Extraction`, which stands beside the log's own claims. What a model says
that the text does not is dropped, and counted.
"""

from warlog.llm.endpoint import Endpoint
from warlog.llm.extractor import LlmExtractor

__all__ = ["Endpoint", "LlmExtractor"]

"""The names of the collections in Solr."""

import xml.etree.ElementTree as ET

from search.solr.client import Client
from search.solr.cluster import CONFIGSET, HANDLER, Cluster


def test_collections_are_named_after_the_version_of_the_configset():
    tree = ET.parse(CONFIGSET / "solrconfig.xml")  # noqa: S314  our own
    [handler] = tree.iter("requestHandler")
    assert handler.get("name") == f"/{HANDLER}"
    cluster = Cluster(Client(["http://127.0.0.1:1/solr"]), "portal", shards=1, replicas=1)
    assert cluster.configset == f"portal_{HANDLER}"

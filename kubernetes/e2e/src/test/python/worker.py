"""A worker as users of durable-func-aks-keda have: it knows the queue, the two containers, and nothing of Freshet.

Signs its requests itself, so that an image of it needs Python and nothing else.
"""

import base64
import hashlib
import hmac
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
from email.utils import formatdate

ACCOUNT = dict(pair.split("=", 1) for pair in os.environ["AZURE_STORAGE_CONNECTION_STRING"].split(";") if pair)
QUEUE = os.environ["AZURE_STORAGE_QUEUE_NAME"]
INPUT = os.environ["AZURE_STORAGE_INPUT_BLOB_CONTAINER_NAME"]
OUTPUT = os.environ["AZURE_STORAGE_OUTPUT_BLOB_CONTAINER_NAME"]
PAUSE = float(os.environ["LOOP_SLEEP_TIME_IN_SECONDS"])
SUFFIX = ACCOUNT.get("EndpointSuffix", "core.windows.net")


def call(service, method, path, query=None, body=b"", headers=None):
    """An answered request to `blob` or `queue`, by the account's key."""
    endpoint = ACCOUNT.get(f"{service.title()}Endpoint", f"https://{ACCOUNT['AccountName']}.{service}.{SUFFIX}")
    url = f"{endpoint}/{path}"
    headers = {"x-ms-date": formatdate(usegmt=True), "x-ms-version": "2021-08-06", **(headers or {})}
    length = str(len(body)) if body else ""
    own = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers) if name.startswith("x-ms-"))
    resource = f"/{ACCOUNT['AccountName']}{urllib.parse.urlparse(url).path}"
    resource += "".join(f"\n{name}:{value}" for name, value in sorted((query or {}).items()))
    signed = f"{method}\n\n\n{length}\n\n{headers.get('Content-Type', '')}\n\n\n\n\n\n\n{own}{resource}"
    key = base64.b64decode(ACCOUNT["AccountKey"])
    signature = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    headers["Authorization"] = f"SharedKey {ACCOUNT['AccountName']}:{signature}"
    if query:
        url += "?" + urllib.parse.urlencode(query)
    request = urllib.request.Request(url, data=body or None, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def messages():
    document = xml.fromstring(call("queue", "GET", f"{QUEUE}/messages", {"numofmessages": "8", "visibilitytimeout": "30"}))
    return [{field.tag: field.text for field in message} for message in document.findall("QueueMessage")]


def work(message):
    item = json.loads(message["MessageText"])
    blob = urllib.parse.quote(item["path_to_data"])
    data = json.loads(call("blob", "GET", f"{INPUT}/{blob}"))
    output = {"input_id": item["input_id"], "instance_id": item["instance_id"], "result": sum(data["input_data"])}
    headers = {"x-ms-blob-type": "BlockBlob", "Content-Type": "application/json"}
    call("blob", "PUT", f"{OUTPUT}/{blob}", body=json.dumps(output).encode(), headers=headers)
    call("queue", "DELETE", f"{QUEUE}/messages/{message['MessageId']}", {"popreceipt": message["PopReceipt"]})


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        received = messages()
        for message in received:
            work(message)
        if not received:
            time.sleep(PAUSE)


if __name__ == "__main__":
    main()

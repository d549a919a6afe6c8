"""A worker of orchestrations in Python: adds up the numbers of each input, as the computation `sum` does."""
import base64, contextlib, json, os, time
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueClient

storage = os.environ["AZURE_STORAGE_CONNECTION_STRING"]
queue = QueueClient.from_connection_string(storage, os.getenv("INPUTQUEUE", "input"))
blobs = BlobServiceClient.from_connection_string(storage)
while True:
    for message in queue.receive_messages(visibility_timeout=60):
        try:
            path = json.loads(message.content)["path_to_data"]
        except (TypeError, ValueError, KeyError):  # nobody can do anything with it
            queue.delete_message(message)
            continue
        source, target = (blobs.get_blob_client(container, path) for container in ("input", "output"))
        try:
            item = json.loads(source.download_blob().readall())
            target.upload_blob(json.dumps({"input_id": item["input_id"], "result": sum(item["input_data"])}))
            source.delete_blob()
        except (ResourceExistsError, ResourceNotFoundError):
            pass  # another worker has finished it: the first output stays
        except (TypeError, ValueError, KeyError) as error:  # it will never do: give it up, and say why
            source.set_blob_metadata({"failure": base64.b64encode(str(error).encode()).decode()})
        with contextlib.suppress(HttpResponseError):  # it took too long, and another worker has the message now
            queue.delete_message(message)
    time.sleep(1)

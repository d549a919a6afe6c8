"""Every public method of the client of Durable Functions for Python, against the gateway that FRESHET_GATEWAY names."""
import asyncio
import json
import os
import unittest
import urllib.request
from datetime import datetime, timedelta, timezone

import azure.functions as func
from azure.durable_functions import DurableOrchestrationClient, EntityId, OrchestrationRuntimeStatus
from azure.durable_functions.models.utils import http_utils

BASE = os.environ["FRESHET_GATEWAY"] + "/runtime/webhooks/durabletask"
INSTANCE = BASE + "/instances/INSTANCEID"
NAME = "ComputeOrchestrator"
BINDING = {
    "taskHubName": "FreshetHub",
    "creationUrls": {},
    "managementUrls": {"id": "INSTANCEID", "statusQueryGetUri": INSTANCE, "purgeHistoryDeleteUri": INSTANCE},
    "rpcBaseUrl": BASE + "/",
}
STARTED = datetime.now(timezone.utc) - timedelta(seconds=1)
Status = OrchestrationRuntimeStatus
called = set()


class Recorded(DurableOrchestrationClient):
    def __getattribute__(self, name):
        called.add(name)
        return super().__getattribute__(name)


class DurableClientTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        asyncio.get_running_loop().set_debug(False)  # it would complain of every slow moment
        self.client = Recorded(json.dumps(BINDING))

    async def asyncTearDown(self):
        await http_utils._close_session()  # it belongs to this test's loop

    @classmethod
    def tearDownClass(cls):
        public = {name for name in vars(DurableOrchestrationClient) if not name.startswith("_")} - {"task_hub_name"}
        assert len(public) >= 17, public
        assert public <= called, f"methods that no test calls: {public - called}"

    async def until(self, instance, *wanted):
        while (status := await self.client.get_status(instance)).runtime_status not in wanted:
            await asyncio.sleep(0.1)
        return status

    async def finished(self, instance):
        return await self.until(instance, Status.Completed, Status.Failed, Status.Terminated)

    async def test_starts_waits_for_the_output_and_gives_the_links(self):
        instance = await self.client.start_new(NAME, client_input={"inputs": [[1, 2], [3]]})

        response = await self.client.wait_for_completion_or_create_check_status_response(None, instance, 50_000, 200)

        self.assertEqual(200, response.status_code)
        self.assertEqual(6, json.loads(response.get_body())["value"])
        links = self.client.create_http_management_payload(instance)
        with urllib.request.urlopen(links["statusQueryGetUri"]) as answer:
            self.assertEqual(200, answer.status)
        request = func.HttpRequest("GET", os.environ["FRESHET_GATEWAY"] + "/api/start", body=b"")
        self.assertEqual(links, self.client.get_client_response_links(request, instance))
        check = self.client.create_check_status_response(request, instance)
        self.assertEqual((202, links["statusQueryGetUri"]), (check.status_code, check.headers["Location"]))

    async def test_shows_what_was_started_however_often_the_client_encodes_it(self):
        for number, count in enumerate((4, "4", {"inputCount": 4})):
            instance = await self.client.start_new(NAME, f"py-shown-{number}", count, version="2.1")
            status = await self.finished(instance)

            self.assertEqual((NAME, f"py-shown-{number}", Status.Completed), (status.name, status.instance_id, status.runtime_status))
            self.assertEqual((4, 8), (status.output["total"], status.output["value"]))
            self.assertLessEqual(status.created_time, status.last_updated_time)
            with_all = await self.client.get_status(instance, True, True, True)
            self.assertEqual(json.dumps(count), with_all.input_)
            self.assertEqual("ExecutionCompleted", with_all.historyEvents[-1]["EventType"])

    async def test_starts_nothing_that_is_not_known_that_has_no_input_or_whose_id_is_taken(self):
        await self.client.start_new(NAME, "py-taken", 100_000)

        with self.assertRaisesRegex(Exception, "The function 'Nobody' doesn't exist.*ComputeOrchestrator"):
            await self.client.start_new("Nobody")
        with self.assertRaisesRegex(Exception, "The input is not understood"):
            await self.client.start_new(NAME)
        with self.assertRaisesRegex(Exception, "already exists"):
            await self.client.start_new(NAME, "py-taken", 1)
        await self.client.terminate("py-taken", "enough")

    async def test_suspends_resumes_raises_events_and_terminates(self):
        instance = await self.client.start_new(NAME, client_input=100_000)
        await self.until(instance, Status.Running)

        await self.client.suspend(instance, "wait a bit & more")
        self.assertEqual("wait a bit & more", (await self.until(instance, Status.Suspended)).output)
        await self.client.raise_event(instance, "ComputeComplete", {"path": "ä"}, "FreshetHub", "Storage")
        await self.client.resume(instance, "go on")
        self.assertEqual("go on", (await self.until(instance, Status.Running)).output)
        await self.client.terminate(instance, "genug für heute")
        self.assertEqual("genug für heute", (await self.until(instance, Status.Terminated)).output)
        with self.assertRaisesRegex(Exception, "is gone"):
            await self.client.raise_event(instance, "ComputeComplete")
        for late in (self.client.suspend, self.client.resume, self.client.terminate):
            await late(instance, "late")

    async def test_rewinds_what_has_failed_and_only_that(self):
        failed = await self.client.start_new(NAME, client_input={"inputs": [[1], "x"]})
        fine = await self.client.start_new(NAME, "py-fine", 0)
        self.assertIn("1 of 2 items failed", (await self.finished(failed)).output)
        await self.finished(fine)

        await self.client.rewind(failed, "again please", "FreshetHub", "Storage")

        with self.assertRaisesRegex(Exception, 'only orchestrations in the "Failed" state can be rewound'):
            await self.client.rewind(fine, "again")
        with self.assertRaisesRegex(Exception, "No instance with ID nobody found"):
            await self.client.rewind("nobody", "again")
        self.assertIn("1 of 2 items failed", (await self.finished(failed)).output)

    async def test_restarts(self):
        instance = await self.client.start_new(NAME, "py-restarted", 1)
        await self.finished(instance)

        links = await self.client.restart(instance)
        self.assertNotEqual(instance, links["id"])
        self.assertEqual(2, (await self.finished(links["id"])).output["value"])
        links = await self.client.restart(instance, restart_with_new_instance_id=False)
        self.assertEqual(instance, links["id"])
        await self.finished(instance)
        with self.assertRaisesRegex(Exception, "400"):
            await self.client.restart("nobody")

    async def test_knows_nothing_of_an_instance_that_there_is_not(self):
        self.assertFalse(await self.client.get_status("nobody"))
        for command in (self.client.suspend, self.client.resume, self.client.terminate):
            with self.assertRaisesRegex(Exception, "No instance with ID 'nobody' found"):
                await command("nobody", "why")
        with self.assertRaisesRegex(Exception, "No instance with ID nobody found"):
            await self.client.raise_event("nobody", "Go", 1)
        self.assertEqual(0, (await self.client.purge_instance_history("nobody")).instances_deleted)

    async def test_lists_all_instances_and_those_that_are_meant(self):
        ids = [await self.client.start_new(NAME, f"py-listed-{i}", 0) for i in range(3)]
        for instance in ids:
            await self.finished(instance)

        self.assertGreaterEqual(len(await self.client.get_status_all()), 3)
        meant = await self.client.get_status_by(
            STARTED, datetime.now(timezone.utc) + timedelta(minutes=1), [Status.Completed, Status.Failed], "py-listed-")
        self.assertEqual(ids, [status.instance_id for status in meant])
        self.assertEqual([], await self.client.get_status_by(created_time_to=STARTED, instance_id_prefix="py-"))

    async def test_purges(self):
        one = await self.client.start_new(NAME, "py-one", 0)
        await self.finished(one)
        self.assertEqual(1, (await self.client.purge_instance_history(one)).instances_deleted)
        self.assertFalse(await self.client.get_status(one))

        ended = await self.client.start_new(NAME, client_input=100_000)
        with self.assertRaisesRegex(Exception, "412"):
            await self.client.purge_instance_history(ended)
        await self.client.terminate(ended, "to be purged")
        soon = datetime.now(timezone.utc) + timedelta(minutes=1)
        purged = await self.client.purge_instance_history_by(STARTED, soon, [Status.Terminated])
        self.assertGreaterEqual(purged.instances_deleted, 1)
        self.assertEqual(0, (await self.client.purge_instance_history_by(soon)).instances_deleted)

    async def test_finds_no_entities(self):
        counter = EntityId("Counter", "a")

        self.assertFalse((await self.client.read_entity_state(counter)).entity_exists)
        with self.assertRaisesRegex(Exception, "404"):
            await self.client.signal_entity(counter, "add", 1)


if __name__ == "__main__":
    unittest.main()

"""A model for KServe that answers as a detector of circles does; for recording what a real server says.

pip install kserve==0.21.0, then: python model.py --model_name=circles --http_port=8080 --enable_grpc=false
"""

import argparse
import base64
import threading

from kserve import InferOutput, InferResponse, Model, ModelServer, model_server

PNG = b"\x89PNG\r\n\x1a\n"
DISCS = [(120, 100, 40, 0.9), (80, 220, 30, 0.5)]


class Circles(Model):
    def load(self):
        self.ready = True

    def predict(self, payload, headers=None):
        if isinstance(payload, dict):
            self.check(base64.b64decode(payload["instances"][0]["image"]["b64"]))
            return {"predictions": [self.prediction(*disc) for disc in DISCS]}
        data = payload.inputs[0].data[0]
        self.check(base64.b64decode(data))
        boxes = [edge for x, y, r, _ in DISCS for edge in (x - r, y - r, x + r, y + r)]
        return InferResponse(
            payload.id or "1",
            self.name,
            [
                InferOutput("boxes", [len(DISCS), 4], "FP32", data=boxes),
                InferOutput("scores", [len(DISCS)], "FP32", data=[score for *_, score in DISCS]),
            ],
        )

    @staticmethod
    def check(image):
        if not image.startswith(PNG):
            raise ValueError("no PNG")

    @staticmethod
    def prediction(x, y, radius, score):
        return {
            "bounding_box": {"xmin": x - radius, "ymin": y - radius, "xmax": x + radius, "ymax": y + radius},
            "centroid": {"x": x, "y": y},
            "radius": radius,
            "label": "circle",
            "score": score,
        }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(parents=[model_server.parser])
    arguments, _ = parser.parse_known_args()
    model = Circles(arguments.model_name)
    model.load()
    # KServe does not serve what is not ready at the start, and answers 404; the second falls asleep a second later.
    asleep = Circles("asleep")
    asleep.load()
    threading.Timer(1, setattr, (asleep, "ready", False)).start()
    ModelServer().start([model, asleep])

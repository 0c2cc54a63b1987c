"""A Flask site in one file, for "flask --app"."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "hello from flask\n"
